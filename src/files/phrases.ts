// Names and shapes out of files that anybody may have written, made fit for a sentence.

const longest = 60;
const cut = (text: string): string => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);

/** A name in quotes, control characters escaped, shortened where it is long. */
export const quote = (name: string): string => JSON.stringify(cut(name)).replace(/\p{Cc}/gu, '�');

/** A name as it is, but for control characters and what is too long for a sentence. */
export const plain = (name: string): string => cut(name.replace(/\p{Cc}/gu, '�'));

/** A tensor's shape: '[4, 4, 128, 128]'. */
export const dimensions = (shape: readonly number[]): string => `[${cut(shape.join(', '))}]`;
