// Which of Debian's other browsers are installed here, and one sentence for each that is not.
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const onPath = (command: string): boolean =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, command)));

/** MiniBrowser lies beside WebKit's library, in a folder named after the processor and the version. */
function findMiniBrowser(): string | null {
  const library = '/usr/lib';
  if (!existsSync(library)) return null;
  for (const processor of readdirSync(library)) {
    const folder = join(library, processor);
    const versions = processor.includes('-linux-') ? readdirSync(folder) : [];
    for (const version of versions
      .filter((name) => name.startsWith('webkit2gtk-4'))
      .sort()
      .reverse()) {
      const path = join(folder, version, 'MiniBrowser');
      if (existsSync(path)) return path;
    }
  }
  return null;
}

export const hasFirefox: boolean = onPath('firefox-esr');

/** MiniBrowser's path; null where WebKit, its driver or a screen is missing. */
export const miniBrowser: string | null =
  onPath('WebKitWebDriver') && (process.env.DISPLAY || onPath('Xvfb')) ? findMiniBrowser() : null;

/** What is skipped, and what to install. */
export function skipped(): string[] {
  return [
    ...(hasFirefox ? [] : ['Firefox’s tests are skipped: firefox-esr is not installed.']),
    ...(miniBrowser !== null ? [] : ['WebKit’s tests are skipped: webkit2gtk-driver or xvfb is not installed.']),
  ];
}
