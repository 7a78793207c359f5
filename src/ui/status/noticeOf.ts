// The words of the notification at the end of training.
import type { Notice, TrainingEnd } from '../../page/device/notification.ts';
import { errorSentence } from '../words/errorSentence.ts';
import type { Words } from '../words/words.ts';
import { endWords } from './stateWords.ts';

export function noticeOf(end: TrainingEnd, words: Words): Notice {
  const { away } = words;
  if (end.reason !== 'failed') return { title: away.trainingEnded, body: endWords(end.reason, end.state, words) };
  const body = end.problem === null ? away.pageSaysWhy : errorSentence(words, end.problem);
  return { title: away.trainingStopped, body };
}
