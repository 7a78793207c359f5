// What must hold after every model run, whatever was pressed and whatever broke.
import { kindOf } from '../../src/config/errors.ts';
import { settingNames } from '../../src/config/settings.ts';
import { stepOf } from '../../src/config/training.ts';
import { maxWaypoints } from '../../src/config/waypoints.ts';
import type { Scene } from './scene.ts';
import type { Tab } from './tab.ts';

/** Notes in the world what does not hold. */
export async function checkAll(scene: Scene): Promise<void> {
  const { world } = scene;
  const settled = await scene.settle();
  for (const tab of scene.openTabs) checkRest(scene, tab, settled);
  if (world.violations.length > 0) return;
  for (const tab of scene.openTabs) await checkAgreement(scene, tab);
  for (const tab of scene.openTabs) checkWish(scene, tab);
  await checkSaves(scene);
  if (world.violations.length > 0) return;
  for (const tab of scene.openTabs) await checkButtons(scene, tab);
}

/** Nothing waits for ever. */
function checkRest({ world }: Scene, { name, state, pending, worker }: Tab, settled: boolean): void {
  const says = (what: string): void => world.violate(`${name}: ${what}`);
  for (const what of pending) says(`${what} waits for ever`);
  if (state.intent !== null) says(`${state.intent} stays pressed`);
  if (state.progress !== null) says(`“${state.progress.stage}” stays`);
  if (state.session === 'empty' || state.session === 'loading') says(`the session stays ${state.session}`);
  if (state.session === 'failed' && state.problems.length === 0) says('it has failed, and nothing says why');
  if (!settled) says(`it does not come to rest: ${state.session}, worker ${worker?.state ?? 'gone'}`);
}

/** Page and worker agree on which run stands, and how. */
async function checkAgreement({ world }: Scene, tab: Tab): Promise<void> {
  const { state, worker, name } = tab;
  if (state.session === 'failed') return;
  const says = (what: string): void => world.violate(`${name}: ${what}`);
  if (worker === undefined) return says(`there is no worker, and the page says ${state.session}`);
  if (worker.state !== state.session) says(`the page says ${state.session}, and the worker ${worker.state}`);
  const { description, trainingStatus, config, workerRun } = state;
  if (description?.workerRun !== workerRun) says(`${description?.workerRun} is described, and ${workerRun} stands`);
  if (worker.workerRun !== workerRun) says(`the page has ${workerRun}, and the worker ${worker.workerRun}`);
  const run = await worker.run();
  if (run === null) return says(`the page says ${state.session}, and the worker has no run`);
  if (run.runId !== description?.runId) says(`the page has the run ${description?.runId}, and the worker ${run.runId}`);
  const step = stepOf(run.training);
  if (trainingStatus?.step !== step) says(`the page is at step ${trainingStatus?.step}, and the worker at ${step}`);
  if (!state.touched && step > 0) says(`step ${step} is said to be no step`);
  for (const setting of settingNames) {
    const [here, there] = [config[setting], run.config[setting]];
    if (here !== there) says(`${setting} is ${here} on the page, and ${there} in the worker`);
  }
  const { unavailable, dataset } = state;
  if (run.dataset.id !== dataset && unavailable === null)
    says(`${dataset} is chosen, and ${run.dataset.id} learnt from`);
}

/** What was pressed last wins, unless the page says why not. */
function checkWish({ world, browser, wishes, openTabs }: Scene, tab: Tab): void {
  const wish = wishes.get(tab);
  const { state, name } = tab;
  const { description, trainingStatus, touched } = state;
  // Another tab may have asked for the run; and of what has failed the page says so.
  const said = state.problems.some(({ place, code }) => {
    // Without storage a lost worker takes the run with it; and it is said in the place where bad numbers were.
    const isRecovered = code === 'recovered' || code === 'recovered-slower';
    const isNews = !isRecovered || browser.wasIll || browser.mayGoBack;
    return place !== 'explore' && isNews;
  });
  const excused = openTabs.length > 1 || state.session === 'failed' || said;
  if (wish === undefined || excused) return;
  const says = (what: string): void => world.violate(`${name}: ${what}`);
  const step = trainingStatus?.step ?? 0;
  switch (wish.kind) {
    case 'train': {
      // Training comes to its end while everything settles.
      const isOver = state.finished !== null || (step > 0 && step === trainingStatus?.totalSteps);
      if (!isOver) says(`Train was pressed last, and it is ${state.session} at step ${step}`);
      return;
    }
    case 'reset':
      if (touched || step > 0) says(`a new run was wanted last, and step ${step} stands`);
      return;
    case 'continue':
      if (description?.runId !== wish.runId) says(`${wish.runId} was continued last, and ${description?.runId} stands`);
      return;
    case 'open':
      // A file that a worker was at when it died is given up for the run before, which the page says.
      if (state.problems.some(({ code }) => code.startsWith('recovered'))) return;
      if (step < wish.file.step || !touched) says(`${wish.file.name} was opened last, and step ${step} stands`);
      return;
    case 'branch':
      if (state.problems.some(({ code }) => code.startsWith('recovered'))) return;
      if (description?.resumed?.origin?.runId !== wish.runId) {
        says(`a waypoint of ${wish.runId} was trained from last, and ${description?.runId} stands`);
      }
      return;
    case 'pause':
      // What the page says of the step is a tenth of a second old, and a step that has begun ends.
      if (step > wish.step + 8) says(`Pause was pressed at step ${wish.step}, and step ${step} stands`);
      return;
    default:
      wish satisfies never;
  }
}

/** No save is lost. That none is written over by an older one is checked at each write. */
async function checkSaves({ world, browser, openTabs, deleted }: Scene): Promise<void> {
  const heads = await browser.checkpoints.list();
  for (const [run, { step, fromFile }] of browser.saved) {
    const head = heads.find((each) => each.runId === run);
    if (head === undefined && !fromFile) world.violate(`the save of ${run} at step ${step} is gone`);
  }
  for (const run of browser.wasIll ? [] : deleted) {
    if (heads.some((each) => each.runId === run)) world.violate(`${run} was deleted, and has come back`);
  }
  const passed = new Set(browser.checkpoints.passed.map(({ head }) => head.runId));
  for (const run of passed) {
    if (!heads.some((each) => each.runId === run)) world.violate(`${run} is not kept, and waypoints of it are`);
    const { length } = await browser.checkpoints.waypoints(run);
    if (length > maxWaypoints) world.violate(`${length} waypoints of ${run} are kept`);
  }
  const [tab] = openTabs;
  if (openTabs.length !== 1 || tab === undefined || browser.wasIll) return;
  const listed = (tab.state.autosave.list ?? []).map(({ runId }) => runId).sort();
  const kept = heads.map(({ runId }) => runId).sort();
  if (listed.join() !== kept.join()) world.violate(`${tab.name} lists ${listed}, and ${kept} are kept`);
}

/** What may be pressed works: Train trains, and what it has trained is saved. */
async function checkButtons(scene: Scene, tab: Tab): Promise<void> {
  const { world, browser } = scene;
  const says = (what: string): void => world.violate(`${tab.name}: ${what}`);
  tab.faults.accelerator = null;
  tab.faults.host = 'here';
  const isWell = browser.disk === 'well';
  if (tab.state.session === 'failed') {
    tab.press('Restart, in the end', () => tab.page.actions.restart('page'));
    const settled = await scene.settle();
    const after: string = tab.state.session;
    if (!settled || after !== 'ready') {
      return says(`after Restart it is ${after}`);
    }
  }
  const before = tab.state.trainingStatus?.step ?? 0;
  tab.press('Train, in the end', () => tab.page.actions.train());
  const settled = await scene.settle();
  const { trainingStatus, session, autosave, description, problems } = tab.state;
  const step = trainingStatus?.step ?? 0;
  if (!settled || session !== 'paused') return says(`after Train it is ${session}`);
  // Bad numbers may still be to come.
  if (step <= before && !browser.mayGoBack) says(`Train has taken no step from step ${before}`);
  if (autosave.mine !== true || !isWell || problems.some(({ code }) => kindOf[code] === 'non-finite-loss')) return;
  const [newest] = await browser.checkpoints.saves(description?.runId ?? '');
  if (newest?.step !== step) says(`step ${step} stands, and step ${newest?.step} is kept`);
}
