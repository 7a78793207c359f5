// When a part of the page breaks, the rest goes on: an error boundary around each, with a way to try it again.
import { Component, type ReactNode } from 'react';
import styles from '../components/Problems.module.css';
import { usePage } from '../components/pageContext.ts';
import { useWords, type Words } from '../words/words.ts';

interface GuardProps {
  /** What is inside. */
  readonly part: keyof Words['shell']['parts'];
  readonly children: ReactNode;
}

export class Guard extends Component<GuardProps, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return <Broken part={this.props.part} error={error} onAgain={() => this.setState({ error: null })} />;
  }
}

interface BrokenProps {
  readonly part: GuardProps['part'];
  readonly error: Error;
  readonly onAgain: () => void;
}

function Broken({ part, error, onAgain }: BrokenProps) {
  const { actions } = usePage();
  const { shell, files } = useWords();
  return (
    <div className={styles.problem} role="alert">
      <p className={styles.text}>
        <strong>{shell.notDrawn(part)}</strong> {sentence(error.message)} {shell.runGoesOn}
      </p>
      <button type="button" onClick={onAgain}>
        {shell.drawAgain}
      </button>
      {/* Whatever has broken, the visitor can save the run. */}
      <button type="button" onClick={() => void actions.downloadRun()}>
        {files.saveRun}
      </button>
    </div>
  );
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
