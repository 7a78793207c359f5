// The frame that the grid shows: the newest, one that the visitor went back to, or the one under the curves' cursor.

import type { Frame } from '../../config/history.ts';
import { type Waypoint, waypointAt } from '../../config/waypoints.ts';
import type { History } from '../../files/history.ts';
import type { FrameShown } from '../state/frameShown.ts';
import type { PageState, PageStore } from '../state/store.ts';
import { gridOf, showsPretrained } from './pretrained.ts';

/** The grid to show; null while there is none. */
export function gridSeen(state: PageState): Frame | null {
  const { glanced, held } = state.frameShown;
  return showsPretrained(state) ? gridOf(state) : (glanced ?? held ?? gridOf(state));
}

/** Where one can train on from what the slider shows: the newest state at or before it; null where none is kept. */
export function waypointShown({
  frameShown: { held },
  autosave,
  description,
  trainingStatus,
}: PageState): Waypoint | null {
  const { waypoints, mine } = autosave;
  if (mine !== true || waypoints === null || waypoints.runId !== description?.runId) return null;
  return waypointAt(waypoints.list, held?.step ?? trainingStatus?.step ?? 0);
}

interface Bench {
  readonly store: PageStore;
  readonly history: History;
}

/** Shows the frame of this index; the newest follows training from then on. */
export function goTo({ store, history: { frames } }: Bench, index: number): void {
  const held = index >= frames.length - 1 ? null : frames.at(Math.max(0, index));
  set(store, { held });
}

/** The slider's position as an index of the frames; −1 while there is none. */
export function placeOf({ history: { frames } }: Bench, held: Frame | null): number {
  return held === null ? frames.length - 1 : frames.nearest(held.step);
}

/** Shows the frame nearest to a step for now, without moving the slider; null ends that. */
export function glance({ store, history: { frames } }: Bench, step: number | null): void {
  set(store, { glanced: step === null ? null : frames.at(frames.nearest(step)) });
}

function set(store: PageStore, part: Partial<FrameShown>): void {
  const { frameShown } = store.getState();
  const same = (Object.keys(part) as (keyof FrameShown)[]).every((name) => part[name] === frameShown[name]);
  if (!same) store.setState({ frameShown: { ...frameShown, ...part } });
}
