// The pretrained generator, shown until the visitor trains one: fetched with the page, drawn by the worker that draws.
import { failureOf, GanvasError } from '../../config/errors.ts';
import type { Events } from '../../protocol/messages.ts';
import type { Pretrained, RendererRequests } from '../../protocol/rendering.ts';
import { exploreTile } from '../state/exploration.ts';
import type { PretrainedState, Shown } from '../state/pretrained.ts';
import type { PageState, PageStore } from '../state/store.ts';

/** Beside the page; `npm run train:generator` makes it. */
const fileName = 'pretrained.zip';
const pretrainedRun = 'pretrained';

/** Whether the pretrained generator is seen: until a run has weights that are worth seeing, or is about to. */
export const showsPretrained = ({ pretrained, touched, session, intent }: PageState): boolean =>
  pretrained !== null && !touched && session !== 'training' && intent === null;

/** The run, or the pretrained generator, whose digits are seen; null while there is neither. */
export function shownOf(state: PageState): Shown | null {
  const { pretrained, description, workerRun } = state;
  if (pretrained !== null && showsPretrained(state)) return pretrained.shown;
  return description !== null && description.workerRun === workerRun ? shownRun(description) : null;
}

const known = new WeakMap<object, Shown>();

/** The same object for the same description: what is selected from the state must not change by itself. */
function shownRun(description: NonNullable<PageState['description']>): Shown {
  const before = known.get(description);
  if (before !== undefined) return before;
  const { workerRun, config, gridLatents } = description;
  const made = { workerRun, latent: config.latent, gridLatents };
  known.set(description, made);
  return made;
}

/** The grid that is seen; null while there is none. */
export const gridOf = (state: PageState): Events['grid'] | null =>
  state.pretrained !== null && showsPretrained(state) ? state.pretrained.grid : state.grid;

/**
 * Fetches it, and draws it with `draw`.
 * @throws GanvasError 'network' when it could not be fetched, or what `draw` throws
 */
export async function openPretrained(
  draw: (send: RendererRequests['pretrained']['send']) => Promise<Pretrained>,
  pageUrl: string,
): Promise<PretrainedState> {
  const file = await fetchFile(new URL(fileName, pageUrl));
  const zip = new Uint8Array(await file.arrayBuffer());
  const { workerRun, config, step, gridLatents, pixels, realness } = await draw({
    workerRun: pretrainedRun,
    zip,
    fileName,
  });
  return {
    shown: { workerRun, latent: config.latent, gridLatents },
    config,
    grid: { step, half: false, pictures: { pixels, count: realness.length }, realness },
    file,
  };
}

async function fetchFile(url: URL): Promise<File> {
  let status: number;
  try {
    const response = await fetch(url);
    status = response.status;
    if (response.ok) return new File([await response.blob()], fileName);
  } catch (cause) {
    throw new GanvasError('pretrained-not-fetched', { reason: failureOf(cause) }, { cause });
  }
  throw new GanvasError('pretrained-not-fetched', { reason: { status } });
}

/** Makes the explored digit follow the generator that is shown. */
export function followShown(store: PageStore): void {
  store.subscribe((now, before) => {
    const shown = shownOf(now);
    const last = shownOf(before);
    if (shown === null || shown === last) return;
    const fits = now.exploration?.a.length === shown.latent;
    // From one run to the next the visitor's latents stay where they fit; to or from the pretrained generator they go.
    if (fits && shown.workerRun !== pretrainedRun && last?.workerRun !== pretrainedRun) return;
    store.setState({ exploration: exploreTile(shown.gridLatents, shown.latent, 0, fitting(now, shown.latent)) });
  });
}

const fitting = ({ exploration }: PageState, latent: number): number =>
  exploration !== null && exploration.dimension < latent ? exploration.dimension : 0;
