// Where the page begins: the store, the worker, and React on top.
import './tokens.css';
import './base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { storeLastPosition } from '../page/autosave/lastPosition.ts';
import { askBeforeLeaving, saveWhenHidden } from '../page/autosave/leaving.ts';
import { browserTabLock } from '../page/autosave/tabLock.ts';
import { workers } from '../page/client/client.ts';
import { openAttention } from '../page/device/openAttention.ts';
import { openOffline } from '../page/device/openOffline.ts';
import { freeStorage } from '../page/device/storageRoom.ts';
import { createPage } from '../page/page.ts';
import { AttentionContext } from './components/AttentionContext.ts';
import { afterFirstPaint } from './components/afterFirstPaint.ts';
import { PageContext } from './components/pageContext.ts';
import { applyStoredTheme } from './components/theme.ts';
import { OfflineContext } from './components/useOffline.ts';
import { App } from './shell/App.tsx';
import { noticeOf } from './status/noticeOf.ts';
import { currentWords } from './words/words.ts';

applyStoredTheme();
const page = createPage(workers, document.baseURI, {
  openArchive: async () => (await import('../page/runHistory/archive.ts')).archive,
  openCheckpoints: async () => (await import('../files/checkpoints.ts')).openCheckpoints(),
  lock: browserTabLock(),
  persist: async () => navigator.storage?.persist?.(),
  free: freeStorage,
});
askBeforeLeaving(page.store);
storeLastPosition(page.store);
saveWhenHidden(page);
const away = openAttention(page.store, (end) => noticeOf(end, currentWords()));
const offline = openOffline(page.store, document.baseURI);

const place = document.getElementById('page');
if (place === null) throw new Error('index.html has lost its #page.');
createRoot(place).render(
  <StrictMode>
    <PageContext value={page}>
      <OfflineContext value={offline}>
        <AttentionContext value={away}>
          <App />
        </AttentionContext>
      </OfflineContext>
    </PageContext>
  </StrictMode>,
);
// The worker is ten times as large as the page.
afterFirstPaint(() => {
  void page.actions.start();
  void page.runs.look();
  void page.autosave.begin();
  offline?.begin();
});
