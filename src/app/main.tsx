// Where the page begins: the store, the worker, and React on top.
import './tokens.css';
import './base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { AwayContext } from './away/AwayContext.ts';
import { openAway } from './away/openAway.ts';
import { freeStorage } from './browserStorage.ts';
import { workers } from './client.ts';
import { noteWhenLeft } from './keeping/left.ts';
import { browserLock } from './keeping/runLock.ts';
import { openOffline } from './offline/openOffline.ts';
import { OfflineContext } from './offline/useOffline.ts';
import { createPage } from './page.ts';
import { PageContext } from './pageContext.ts';
import { App } from './shell/App.tsx';
import { afterFirstPaint } from './shell/afterFirstPaint.ts';
import { askBeforeLeaving, saveWhenHidden } from './shell/leaving.ts';
import { applyStoredTheme } from './shell/theme.ts';

applyStoredTheme();
const page = createPage(workers, document.baseURI, {
  openArchive: async () => (await import('./runs/archive.ts')).archive,
  openCheckpoints: async () => (await import('../files/checkpoints.ts')).openCheckpoints(),
  lock: browserLock(),
  persist: async () => navigator.storage?.persist?.(),
  free: freeStorage,
});
askBeforeLeaving(page.store);
noteWhenLeft(page.store);
saveWhenHidden(page);
const away = openAway(page.store);
const offline = openOffline(page.store, document.baseURI);

const place = document.getElementById('page');
if (place === null) throw new Error('index.html has lost its #page.');
createRoot(place).render(
  <StrictMode>
    <PageContext value={page}>
      <OfflineContext value={offline}>
        <AwayContext value={away}>
          <App />
        </AwayContext>
      </OfflineContext>
    </PageContext>
  </StrictMode>,
);
// The worker is ten times as large as the page.
afterFirstPaint(() => {
  void page.actions.start();
  void page.runs.look();
  void page.keeping.begin();
  offline?.begin();
});
