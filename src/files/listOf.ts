// A list in a schema. zod's own array reads all of it, however long, and collects what is wrong with every item: a list
// of 130,000
// wrong ones is more than the stack holds, and zod breaks.
import * as z from 'zod/mini';

/**
 * As many items as are allowed, each as `item` reads it; the first that is wrong is the one that is told, with its
 * place.
 * @param least how many there must be
 */
export const listOf = <Item extends z.ZodMiniType>(item: Item, most: number, least = 0) =>
  z.pipe(
    z.custom<readonly unknown[]>(
      (value) => Array.isArray(value) && value.length >= least && value.length <= most,
      `a list of ${least} to ${most} items`,
    ),
    z.transform((values: readonly unknown[], { issues }) => {
      const items: z.output<Item>[] = [];
      for (const [i, value] of values.entries()) {
        const read = item.safeParse(value);
        if (!read.success) {
          const [first] = read.error.issues;
          issues.push({ code: 'custom', message: first?.message, path: [i, ...(first?.path ?? [])], input: values });
          return z.NEVER;
        }
        items.push(read.data);
      }
      return items;
    }),
  );
