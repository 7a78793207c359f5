// `npm run coverage`: runs all tests and prints which lines and branches of src ran, Node's and the browser's together.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import coverage, { type CoverageMapData, type CoverageSummaryData } from 'istanbul-lib-coverage';
import { createContext } from 'istanbul-lib-report';
import sourceMaps from 'istanbul-lib-source-maps';
import reports from 'istanbul-reports';

const top = resolve(import.meta.dirname, '../..');
const folder = join(top, 'coverage');
const windows = join(folder, 'windows');

/** Below this a folder is named at the end, to be given a test or a reason. */
const enough = 90;

function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): boolean {
  const done = spawnSync('npx', ['vitest', 'run', ...args], {
    cwd: top,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  return done.status === 0;
}

rmSync(folder, { recursive: true, force: true });
const units = run([
  ...['--project', 'node', '--project', 'browser', '--coverage.enabled', '--coverage.provider=istanbul'],
  ...['--coverage.include=src/**/*.{ts,tsx}', '--coverage.exclude=**/assembly/**', '--coverage.reporter=json'],
  `--coverage.reportsDirectory=${join(folder, 'units')}`,
  '--coverage.reportOnFailure',
]);
const journeys = run(['--project', 'e2e'], { GANVAS_COVERAGE: windows });

const map = coverage.createCoverageMap();
const add = (file: string): void => map.merge(JSON.parse(readFileSync(file, 'utf8')) as CoverageMapData);
add(join(folder, 'units', 'coverage-final.json'));
if (existsSync(windows)) {
  const built = coverage.createCoverageMap();
  for (const file of readdirSync(windows))
    built.merge(JSON.parse(readFileSync(join(windows, file), 'utf8')) as CoverageMapData);
  map.merge(await sourceMaps.createSourceMapStore().transformCoverage(built));
}

const rooms = new Map<string, ReturnType<typeof coverage.createCoverageSummary>>();
for (const file of map.files()) {
  const room = relative(join(top, 'src'), file).split(sep)[0] ?? '';
  const sum = rooms.get(room) ?? coverage.createCoverageSummary();
  sum.merge(map.fileCoverageFor(file).toSummary());
  rooms.set(room, sum);
}
const row = (name: string, { lines, branches }: CoverageSummaryData): string =>
  `${name.padEnd(10)} ${String(lines.pct).padStart(6)}% of ${String(lines.total).padStart(5)} lines  ${String(branches.pct).padStart(6)}% of ${String(branches.total).padStart(5)} branches`;

reports.create('html').execute(createContext({ dir: folder, coverageMap: map }));
console.log(
  `\nCoverage of src, Node's and the browser's together (${relative(top, folder)}/index.html has every line):`,
);
for (const [room, sum] of [...rooms].sort(([a], [b]) => a.localeCompare(b))) console.log(row(room, sum.data));
console.log(row('src', map.getCoverageSummary().data));
const poor = [...rooms].filter(([, sum]) => sum.data.lines.pct < enough).map(([room]) => room);
if (poor.length > 0) console.log(`Below ${enough}% of lines: ${poor.join(', ')}. tests/README.md says why.`);
if (!units || !journeys) process.exitCode = 1;
