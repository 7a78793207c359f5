// What each run is called on this page.
import { runNamed } from '../words/runNamed.ts';
import { useWords } from '../words/words.ts';
import { usePageState } from './pageContext.ts';

export function useRunNamer(): (id: string) => string {
  const words = useWords();
  const own = usePageState((state) => state.runs.names);
  return (id) => runNamed(id, own, words);
}
