// What the compared runs' curves are called.
import { comparedRuns } from '../../page/state/runHistory.ts';
import { usePageState } from '../components/pageContext.ts';
import { useRunNamer } from '../components/useRunNamer.ts';
import type { Overlay } from './overlays.ts';

export function useRunNames(): (overlay: Overlay) => string {
  const runs = usePageState((state) => state.runs);
  const nameOf = useRunNamer();
  return ({ number }) => {
    const found = comparedRuns(runs).find((each) => each.number === number);
    return found === undefined ? '' : nameOf(found.record.runId);
  };
}
