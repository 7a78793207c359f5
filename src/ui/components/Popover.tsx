// A button and what floats beside it once it is pressed: explanations, a table. Escape or a press elsewhere closes it.
import { type ReactNode, useId, useRef } from 'react';
import { useWords } from '../words/words.ts';
import styles from './Popover.module.css';
import { placeBeside } from './placeBeside.ts';

interface PopoverProps {
  /** What the button opens, for its tip. */
  readonly title: string;
  /** What is on the button. */
  readonly face: ReactNode;
  readonly buttonClass?: string | undefined;
  /** The id of what the button belongs to, where its name alone does not say it. */
  readonly describedBy?: string;
  readonly width: 'narrow' | 'middle' | 'wide';
  readonly children: ReactNode;
}

export function Popover({ title, face, buttonClass, describedBy, width, children }: PopoverProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <button
        type="button"
        ref={button}
        className={buttonClass}
        popoverTarget={id}
        title={title}
        aria-describedby={describedBy}
      >
        {face}
      </button>
      <div
        id={id}
        popover="auto"
        className={styles.popover}
        data-width={width}
        onToggle={(event) => {
          if (event.newState === 'open' && button.current !== null) placeBeside(event.currentTarget, button.current);
        }}
      >
        {children}
      </div>
    </>
  );
}

type QuestionMarkProps = Pick<PopoverProps, 'title' | 'describedBy' | 'width' | 'children'>;

/** Behind a small question mark: what something means, for the keyboard and for fingers, which cannot hover. */
export function QuestionMark(props: QuestionMarkProps) {
  const { shell } = useWords();
  return (
    <Popover
      {...props}
      buttonClass={styles.question}
      face={
        <>
          <span aria-hidden="true">{shell.questionMark}</span>
          <span className="hidden-text">{props.title}</span>
        </>
      }
    />
  );
}
