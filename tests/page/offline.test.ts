// When the page loads itself anew, when it only offers to, and what it tells the service worker: with a fake of the browser's part.
import { describe, expect, it } from 'vitest';
import { createOffline, type Surroundings } from '../../src/page/device/offline.ts';
import { takeOver } from '../../src/protocol/serviceWorker.ts';

class FakeWorker extends EventTarget {
  readonly told: unknown[] = [];
  state: ServiceWorkerState;
  constructor(state: ServiceWorkerState) {
    super();
    this.state = state;
  }
  postMessage(message: unknown): void {
    this.told.push(message);
  }
  becomes(state: ServiceWorkerState): void {
    this.state = state;
    this.dispatchEvent(new Event('statechange'));
  }
}

class FakeRegistration extends EventTarget {
  waiting: FakeWorker | null = null;
  installing: FakeWorker | null = null;
  finds(worker: FakeWorker): void {
    this.installing = worker;
    this.dispatchEvent(new Event('updatefound'));
  }
}

class FakeContainer extends EventTarget {
  readonly registration = new FakeRegistration();
  readonly registered: string[] = [];
  controller: unknown = null;
  refuses = false;
  get ready(): Promise<FakeRegistration> {
    return this.refuses ? new Promise(() => {}) : Promise.resolve(this.registration);
  }
  async register(url: URL): Promise<FakeRegistration> {
    this.registered.push(url.href);
    if (this.refuses) throw new Error('Not in a private window.');
    return this.registration;
  }
  isTakenBy(worker: unknown): void {
    this.controller = worker;
    this.dispatchEvent(new Event('controllerchange'));
  }
}

function setUp(given: Partial<Surroundings> = {}, container = new FakeContainer()) {
  let reloads = 0;
  const offline = createOffline({
    container: container as unknown as Surroundings['container'],
    isolated: true,
    framed: false,
    pageUrl: 'https://host.example/some/where/index.html',
    isUntouched: () => true,
    once: () => true,
    reload: () => {
      reloads += 1;
    },
    ...given,
  });
  offline.begin();
  return { offline, container, reloads: () => reloads, offered: () => offline.store.getState().offer?.kind ?? null };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('a first visit', () => {
  it('keeps the page, beside it and for its folder, and says so', async () => {
    const { offline, container, offered, reloads } = setUp();
    expect(offline.store.getState().kept).toBeNull();
    await settled();
    expect(container.registered).toEqual(['https://host.example/some/where/serviceWorker.js']);
    expect(offline.store.getState().kept).toBe(true);
    container.isTakenBy(new FakeWorker('activated'));
    expect([offered(), reloads()]).toEqual([null, 0]);
  });

  it('says where the browser does not keep it', async () => {
    const container = new FakeContainer();
    container.refuses = true;
    const { offline } = setUp({}, container);
    await settled();
    expect(offline.store.getState().kept).toBe(false);
  });

  it('says so, too, where cookies are blocked and the browser refuses to say whether it is kept', async () => {
    const container = new FakeContainer();
    container.refuses = true;
    Object.defineProperty(container, 'ready', {
      get: () => {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      },
    });
    const { offline } = setUp({}, container);
    await settled();
    expect(offline.store.getState().kept).toBe(false);
  });

  it('in a frame changes nothing: a frame is isolated only where the page around it is', () => {
    const { container, offered, reloads } = setUp({ isolated: false, framed: true });
    container.isTakenBy(new FakeWorker('activated'));
    expect([offered(), reloads()]).toEqual([null, 0]);
  });

  it('without isolation loads the page once more, and only once', () => {
    const { container, reloads } = setUp({ isolated: false });
    expect(reloads()).toBe(0);
    container.isTakenBy(new FakeWorker('activated'));
    container.isTakenBy(new FakeWorker('activated'));
    expect(reloads()).toBe(1);
  });

  it.each([
    ['something was pressed', { isUntouched: () => false }],
    ['it did so before', { once: () => false }],
  ])('without isolation only offers that where %s', (_, given) => {
    const { offline, container, offered, reloads } = setUp({ isolated: false, ...given });
    container.isTakenBy(new FakeWorker('activated'));
    expect([offered(), reloads()]).toEqual(['threads', 0]);
    offline.take();
    expect(reloads()).toBe(1);
  });

  it('without isolation, although the service worker gave the page, changes nothing', () => {
    const container = new FakeContainer();
    container.controller = new FakeWorker('activated');
    const { offered, reloads } = setUp({ isolated: false }, container);
    container.isTakenBy(new FakeWorker('activated'));
    expect([offered(), reloads()]).toEqual([null, 0]);
  });
});

describe('a new version', () => {
  it('is offered once it is all there, and loaded when it is taken', async () => {
    const { offline, container, offered, reloads } = setUp();
    await settled();
    const next = new FakeWorker('installing');
    container.registration.finds(next);
    expect(offered()).toBeNull();
    next.becomes('installed');
    expect(offered()).toBe('version');
    expect(next.told).toEqual([]);
    offline.take();
    expect(next.told).toEqual([takeOver]);
    expect(reloads()).toBe(0);
    next.becomes('activated');
    container.isTakenBy(next);
    expect(reloads()).toBe(1);
  });

  it('that waits since the last visit is offered at once, and can be refused', async () => {
    const container = new FakeContainer();
    const next = new FakeWorker('installed');
    container.registration.waiting = next;
    const { offline, offered } = setUp({}, container);
    await settled();
    expect(offered()).toBe('version');
    offline.refuse();
    expect(offered()).toBeNull();
    expect(next.told).toEqual([]);
  });

  it('that another tab has taken does not load this one; taking it here does', async () => {
    const container = new FakeContainer();
    const next = new FakeWorker('installed');
    container.registration.waiting = next;
    const { offline, offered, reloads } = setUp({}, container);
    await settled();
    next.becomes('activated');
    container.isTakenBy(next);
    expect([offered(), reloads()]).toEqual(['version', 0]);
    offline.take();
    expect(next.told).toEqual([]);
    expect(reloads()).toBe(1);
  });

  it('gives way to a still newer one', async () => {
    const { container, offered } = setUp();
    await settled();
    const next = new FakeWorker('installed');
    container.registration.finds(next);
    next.becomes('redundant');
    expect(offered()).toBeNull();
  });
});
