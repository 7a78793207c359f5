// What runs in the page to see how it feels while it trains. Each function is sent to the browser as it stands: it may
// use nothing from outside.

/** What a window of time has shown. All in ms. */
export interface Seen {
  readonly ms: number;
  /** How much later than asked each timer of 10 ms was called. */
  readonly late: number[];
  /** Tasks of more than 50 ms. */
  readonly longTasks: number[];
  /** From each move of the slider to the drawing of its digit. */
  readonly slider: number[];
  /** Moves that were not drawn within ten seconds. */
  readonly unanswered: number;
  /** Whether each drawing was matched to its request; if not, the first drawing after a move was taken. */
  readonly matched: boolean;
  /** Between two frames. */
  readonly frames: number[];
}

/**
 * Before anything of the page runs: notes when a latent vector that holds the slider's value goes to a worker, when the
 * answer to that very request comes, and when the explored digit is drawn. A picture that another request has brought
 * in the meantime is not the slider's.
 */
export function watchRequests(): void {
  const watched = { value: Number.NaN, sentAt: 0, answered: false, drawn: [] as (() => void)[] };
  Object.assign(globalThis, { watched });
  const holds = (message: unknown, depth = 0): boolean => {
    if (message instanceof Float32Array) return message.includes(watched.value);
    if (typeof message !== 'object' || message === null || depth > 3 || ArrayBuffer.isView(message)) return false;
    return Object.values(message).some((part) => holds(part, depth + 1));
  };
  const listenTo = (port: EventTarget, id: unknown) => {
    const { value } = watched;
    const listen = (event: Event) => {
      if (id !== undefined && (event as MessageEvent<{ id?: unknown }>).data?.id !== id) return;
      port.removeEventListener('message', listen);
      if (watched.value === value) watched.answered = true;
    };
    port.addEventListener('message', listen);
  };
  for (const Port of [Worker, MessagePort]) {
    const post = Port.prototype.postMessage as (...all: unknown[]) => void;
    Port.prototype.postMessage = function (this: EventTarget, ...all: unknown[]) {
      if (watched.sentAt === 0 && holds(all[0])) {
        watched.sentAt = performance.now();
        listenTo(this, (all[0] as { id?: unknown }).id);
      }
      post.apply(this, all);
    } as never;
  }
  const draw = CanvasRenderingContext2D.prototype.drawImage as (...all: unknown[]) => void;
  CanvasRenderingContext2D.prototype.drawImage = function (this: CanvasRenderingContext2D, ...all: unknown[]) {
    draw.apply(this, all);
    if (this.canvas.getAttribute('aria-label') === 'Explored digit') for (const each of watched.drawn) each();
  } as never;
  const loading = { longTasks: [] as number[] };
  Object.assign(globalThis, { loading });
  new PerformanceObserver((list) => {
    loading.longTasks.push(...list.getEntries().map(({ duration }) => duration));
  }).observe({ type: 'longtask', buffered: true });
}

/**
 * Watches the page for `seconds` while its slider is moved every 300 ms, or as soon after that as the last move was
 * answered.
 */
export async function watch(seconds: number): Promise<Seen> {
  const { watched } = globalThis as unknown as {
    watched: { value: number; sentAt: number; answered: boolean; drawn: (() => void)[] };
  };
  const canvas = document.querySelector<HTMLCanvasElement>('canvas[aria-label="Explored digit"]');
  const label = [...document.querySelectorAll('label')].find(({ textContent }) => textContent === 'Latent value');
  const slider = label?.control as HTMLInputElement | undefined;
  const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
  if (!canvas || !slider || !setValue) throw new Error('The page has lost its slider or its explored digit.');

  const [late, longTasks, latencies, frames]: number[][] = [[], [], [], []];
  if (!late || !longTasks || !latencies || !frames) throw new Error();
  let [unanswered, matched] = [0, true];
  const start = performance.now();
  const over = () => performance.now() - start > 1000 * seconds;
  const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  const observer = new PerformanceObserver((list) => {
    longTasks.push(...list.getEntries().map(({ duration }) => duration));
  });
  observer.observe({ type: 'longtask' });

  const tick = async () => {
    while (!over()) {
      const asked = performance.now();
      await sleep(10);
      late.push(Math.max(0, performance.now() - asked - 10));
    }
  };
  const animate = async () => {
    let before = performance.now();
    while (!over()) {
      const now: number = await new Promise((resolve) => requestAnimationFrame(resolve));
      frames.push(Math.max(0, now - before));
      before = now;
    }
  };

  const move = async (value: number): Promise<void> => {
    const moved = performance.now();
    let first: number | null = null;
    const drawn = new Promise<number | null>((resolve) => {
      const giveUp = setTimeout(() => {
        // Something was drawn, and no request of this value was ever seen: the best guess is the first drawing.
        if (watched.sentAt === 0 && first !== null) matched = false;
        resolve(watched.sentAt === 0 ? first : null);
      }, 10_000);
      const see = () => {
        first ??= performance.now() - moved;
        if (!watched.answered) return;
        clearTimeout(giveUp);
        resolve(performance.now() - moved);
      };
      watched.drawn = [see];
    });
    setValue.call(slider, String(value));
    Object.assign(watched, { value: Math.fround(slider.valueAsNumber), sentAt: 0, answered: false });
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    const latency = await drawn;
    watched.drawn = [];
    if (latency === null) unanswered += 1;
    else latencies.push(latency);
  };
  const turn = async () => {
    for (let i = 0; !over(); i++) {
      const next = sleep(300);
      // From side to side, and never to a value that it has had.
      await move((i % 2 === 0 ? 1 : -1) * (3 - ((i * 0.01) % 2)));
      await next;
    }
  };
  await Promise.all([tick(), animate(), turn()]);
  observer.disconnect();
  const ms = performance.now() - start;
  return { ms, late, longTasks, slider: latencies, unanswered, matched, frames };
}

/** Presses Pause and waits for Train to stand in its place. @returns how long that took */
export function pauseOnce(): Promise<number> {
  const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent?.trim() === 'Pause');
  if (!button) throw new Error('There is no Pause to press.');
  return new Promise((resolve) => {
    const pressed = performance.now();
    const observer = new MutationObserver(() => {
      if (button.textContent?.trim() !== 'Train') return;
      observer.disconnect();
      resolve(performance.now() - pressed);
    });
    observer.observe(button, { subtree: true, childList: true, characterData: true });
    button.click();
  });
}
