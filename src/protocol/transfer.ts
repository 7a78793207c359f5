// Which parts of a message to transfer rather than clone: the buffers that its typed arrays own whole, and its ports.

/**
 * The buffers of every typed array in a plain message, and every port, each once. The sender must not use them
 * afterwards.
 */
export function transferablesOf(message: unknown): Transferable[] {
  const found = new Set<Transferable>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (ArrayBuffer.isView(value)) {
      if (value.buffer instanceof ArrayBuffer && value.byteLength === value.buffer.byteLength) found.add(value.buffer);
      return;
    }
    if (value instanceof MessagePort) found.add(value);
    if (value instanceof MessagePort || value instanceof Blob) return;
    for (const inner of Object.values(value)) visit(inner);
  };
  visit(message);
  return [...found];
}
