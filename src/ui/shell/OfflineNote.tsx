// For the footer: whether the page can be had without a network, once that is known.
import { useOffline } from '../components/useOffline.ts';

export function OfflineNote() {
  const [, { kept }] = useOffline();
  if (kept === null) return null;
  return kept ? ' It is kept in this browser and opens without a network, too.' : ' This browser does not keep it.';
}
