// What the numbers of a panel mean, all behind one button.
import { Fragment } from 'react';
import { inUseOf } from '../../page/state/store.ts';
import { QuestionMark } from '../components/Popover.tsx';
import { usePageState } from '../components/pageContext.ts';
import { useWords } from '../words/words.ts';
import { acceleratorWords } from './acceleratorWords.ts';
import styles from './Meanings.module.css';

export function useAcceleratorMeaning(): string {
  const words = useWords();
  return usePageState((state) => {
    const reason = inUseOf(state)?.reason;
    return reason ? words.device.reason(reason) : acceleratorWords(state, words);
  });
}

export function Meanings() {
  const { meanings } = useWords();
  const { terms } = meanings;
  const accelerator = useAcceleratorMeaning();
  return (
    <Explanations
      title={meanings.title}
      items={[
        [terms.step, meanings.step],
        [terms.epoch, meanings.epoch],
        [terms.halfSteps, meanings.halfSteps],
        [terms.speed, meanings.speed],
        [terms.left, meanings.left],
        [terms.line, meanings.line],
        [terms.accelerator, accelerator],
        [terms.dataset, meanings.dataset],
      ]}
    />
  );
}

interface ExplanationsProps {
  readonly title: string;
  readonly items: readonly (readonly [term: string, meaning: string])[];
}

export function Explanations({ title, items }: ExplanationsProps) {
  return (
    <QuestionMark title={title} width="middle">
      <dl className={styles.list}>
        {items.map(([term, meaning]) => (
          <Fragment key={term}>
            <dt>{term}</dt>
            <dd>{meaning}</dd>
          </Fragment>
        ))}
      </dl>
    </QuestionMark>
  );
}
