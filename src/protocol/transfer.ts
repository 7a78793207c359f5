// Which buffers of a message to transfer rather than clone: all that its typed arrays own whole.

/** The buffers of every typed array in a plain message, each once. The sender must not use them afterwards. */
export function transferablesOf(message: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (ArrayBuffer.isView(value)) {
      if (value.buffer instanceof ArrayBuffer && value.byteLength === value.buffer.byteLength) found.add(value.buffer);
      return;
    }
    if (value instanceof Blob) return;
    for (const inner of Object.values(value)) visit(inner);
  };
  visit(message);
  return [...found];
}
