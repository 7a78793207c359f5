// How long work lets messages in: a hop through a MessageChannel, which no hidden tab slows down as it does timers.

let channel: MessageChannel | null = null;
const waiting: (() => void)[] = [];

/** Resolves after the messages that have already arrived were handled. */
export function yieldToMessages(): Promise<void> {
  if (channel === null) {
    channel = new MessageChannel();
    channel.port1.onmessage = () => waiting.shift()?.();
  }
  const { port2 } = channel;
  return new Promise((resolve) => {
    waiting.push(resolve);
    port2.postMessage(null);
  });
}
