// The bench: all panels, in reading and tab order.
import { useCallback, useEffect, useState } from 'react';
import { LossCurves } from '../charts/LossCurves.tsx';
import { Problems } from '../components/Problems.tsx';
import { usePage } from '../components/pageContext.ts';
import { narrowScreen, useMedia } from '../components/useMedia.ts';
import { Rail } from '../controls/Rail.tsx';
import { HowItWorks } from '../explain/HowItWorks.tsx';
import { Explore } from '../explore/Explore.tsx';
import { Gallery } from '../gallery/Gallery.tsx';
import { Performance } from '../performance/Performance.tsx';
import { QualityPanel } from '../quality/QualityPanel.tsx';
import { Runs } from '../runs/Runs.tsx';
import { RunNotes, Status } from '../status/Status.tsx';
import { useWords } from '../words/words.ts';
import styles from './App.module.css';
import { DropTarget } from './DropTarget.tsx';
import { Guard } from './Guard.tsx';
import { Header } from './Header.tsx';
import { OfflineNote } from './OfflineNote.tsx';
import { OwnImages } from './OwnImages.tsx';
import { Toasts } from './Toasts.tsx';

export function App() {
  const { actions } = usePage();
  const { shell, language } = useWords();
  const [images, setImages] = useState<{ files: readonly File[] } | null>(null);
  const narrow = useMedia(narrowScreen);
  const lookAt = useCallback((files: readonly File[]) => setImages({ files }), []);
  const openZip = useCallback(
    (file: File) => {
      // A run dropped while the dialog asks for images closes the dialog.
      setImages(null);
      void actions.openFile(file);
    },
    [actions],
  );
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const status = (
    <Guard part="status">
      <Status compact={narrow} />
    </Guard>
  );
  return (
    <div className={styles.page}>
      <Header />
      <main className={styles.main}>
        <div className={styles.problems}>
          <Problems place="page" />
        </div>
        <Toasts />
        <div className={styles.bench}>
          <Guard part="controls">
            <Rail onOwnImages={() => setImages({ files: [] })} status={narrow && status} />
          </Guard>
          <Guard part="digits">
            <Gallery />
          </Guard>
          <Guard part="curves">
            <LossCurves />
          </Guard>
          {narrow ? <RunNotes /> : status}
          <Guard part="quality">
            <QualityPanel />
          </Guard>
          <Guard part="exploration">
            <Explore />
          </Guard>
          <Guard part="runs">
            <Runs />
          </Guard>
          <Guard part="performance">
            <Performance />
          </Guard>
          <Guard part="explanation">
            <HowItWorks />
          </Guard>
        </div>
      </main>
      <footer className={styles.footer}>
        {shell.footer}
        <OfflineNote />
      </footer>
      <DropTarget onImages={lookAt} onZip={openZip} />
      {images !== null && <OwnImages files={images.files} onClose={() => setImages(null)} />}
    </div>
  );
}
