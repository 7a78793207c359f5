// Marks as they are read from files and storage.
import * as z from 'zod/mini';
import { maxMarks } from '../config/marks.ts';
import { listOf } from './listOf.ts';
import { natural, seconds } from './numbers.ts';

const rate = z.number().check(z.nonnegative());
const rates = z.object({ discriminator: rate, generator: rate });

const mark = z.discriminatedUnion('kind', [
  z.object({ step: natural, kind: z.literal('rates'), facts: z.object({ from: rates, to: rates }) }),
  z.object({ step: natural, kind: z.literal('pause'), facts: z.null() }),
  z.object({ step: natural, kind: z.literal('recovery'), facts: z.object({ lostAt: natural }) }),
  z.object({ step: natural, kind: z.literal('recognisable'), facts: z.object({ seconds }) }),
]);

/** What was written before there were marks has none. */
export const marksOf = z._default(listOf(mark, maxMarks), []);
