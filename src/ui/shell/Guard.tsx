// When a part of the page breaks, the rest goes on: an error boundary around each, with a way to try it again.
import { Component, type ReactNode } from 'react';
import styles from '../components/Problems.module.css';
import { usePage } from '../components/pageContext.ts';

interface GuardProps {
  /** What is inside, for the sentence: 'the curves'. */
  readonly name: string;
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
    return (
      <div className={styles.problem} role="alert">
        <p className={styles.text}>
          <strong>This page could not draw {this.props.name}:</strong> {sentence(error.message)} The run goes on.
        </p>
        <button type="button" onClick={() => this.setState({ error: null })}>
          Draw again
        </button>
        <SaveRun />
      </div>
    );
  }
}

/** Whatever has broken, the run can be taken home. */
function SaveRun() {
  const { actions } = usePage();
  return (
    <button type="button" onClick={() => void actions.downloadRun()}>
      Save run
    </button>
  );
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
