// For the footer: whether the page opens without a network, once that is known.
import { useOffline } from '../components/useOffline.ts';
import { useWords } from '../words/words.ts';

export function OfflineNote() {
  const [, { kept }] = useOffline();
  const { shell } = useWords();
  if (kept === null) return null;
  return ` ${kept ? shell.opensOffline : shell.notOffline}`;
}
