// Which of tfjs's backends this browser has, which one is chosen and why, and how each is started and checked.
import * as tf from '@tensorflow/tfjs';
import { setWebGLContext } from '@tensorflow/tfjs-backend-webgl';
import { GanvasError } from '../config/errors.ts';
import { installWebglKernels } from '../gan/ops/webgl/install.ts';
import type { Accelerator, BackendInUse, BackendName, BackendOffer } from '../protocol/messages.ts';
import { hasWasmSimd, startWasm } from './wasm.ts';

/** The backends of one worker. A session is given this; tests may give it another. */
export interface Backends {
  readonly offers: readonly BackendOffer[];
  /** Whether WebGL runs on a real GPU. */
  readonly hasGpu: boolean;
  /** What Automatic will choose, and why. */
  readonly automatic: BackendInUse;
  /**
   * Starts a backend, checks that it computes rightly, and makes it tfjs's current one. Quick when it runs already.
   * @throws GanvasError 'no-webgl', 'no-wasm' or 'wrong-accelerator'; the backend before stays current.
   */
  start(accelerator: Accelerator): Promise<BackendInUse>;
}

const software = /swiftshader|llvmpipe|softpipe|lavapipe|software|basic render/i;

const labels: Readonly<Record<BackendName, string>> = { webgl: 'WebGL', wasm: 'WASM', cpu: 'JavaScript' };

interface WebGl {
  readonly context: WebGL2RenderingContext;
  readonly canvas: OffscreenCanvas;
  readonly renderer: string;
}

/** A WebGL 2 context that can hold float32, or null. Ours and not tfjs's: so that its loss can be noticed. */
function openWebGl(): WebGl | null {
  if (typeof OffscreenCanvas === 'undefined') return null;
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext('webgl2', {
    alpha: false,
    antialias: false,
    depth: false,
    stencil: false,
    premultipliedAlpha: false,
    preserveDrawingBuffer: false,
    powerPreference: 'high-performance',
  });
  if (!context?.getExtension('EXT_color_buffer_float')) return null;
  const info = context.getExtension('WEBGL_debug_renderer_info');
  const renderer = String(context.getParameter(info?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER));
  return { context, canvas, renderer };
}

/** 'ANGLE (NVIDIA, NVIDIA H200 (0x2335), OpenGL 4.5)' → 'NVIDIA H200'. */
function deviceName(renderer: string): string {
  const inner = /^ANGLE \([^,]*, ([^,]*)/.exec(renderer)?.[1] ?? renderer;
  return inner
    .replace(/\s*\(0x[0-9a-f]+\)/gi, '')
    .replace(/^Vulkan [\d.]+ \((.*)\)?$/i, '$1')
    .trim();
}

/** What Automatic chooses: a real GPU, else WASM, else what there is. */
export function chooseAutomatically(offers: readonly BackendOffer[], hasGpu: boolean): BackendInUse {
  const offer = (name: BackendName) => offers.find((one) => one.name === name && one.available);
  const webgl = offer('webgl');
  if (webgl && hasGpu)
    return { name: 'webgl', detail: webgl.detail, reason: 'Chosen because this browser has a GPU for WebGL.' };
  const wasm = offer('wasm');
  const lack = webgl ? 'WebGL is only emulated in software here' : 'this browser has no usable WebGL';
  if (wasm)
    return { name: 'wasm', detail: wasm.detail, reason: `Chosen because ${lack}, and WASM is faster than that.` };
  if (webgl) return { name: 'webgl', detail: webgl.detail, reason: 'Chosen because this browser has no WebAssembly.' };
  return {
    name: 'cpu',
    detail: offer('cpu')?.detail ?? '',
    reason: 'Chosen because this browser has neither WebGL nor WebAssembly.',
  };
}

/** Looks what the browser has, without starting a backend. `onLost` is called when the WebGL context in use is lost. */
export function findBackends(onLost: () => void): Backends {
  const webgl = openWebGl();
  const hasGpu = webgl !== null && !software.test(webgl.renderer);
  const hasWasm = typeof WebAssembly === 'object';
  const isolated = globalThis.crossOriginIsolated === true;
  const cores = Math.max(1, navigator.hardwareConcurrency || 1);
  const simd = hasWasm && hasWasmSimd();
  const threads = simd && isolated ? cores : 1;
  const wasmDetail = `${simd ? 'SIMD' : 'no SIMD'}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
  const onlyOne = simd && !isolated && cores > 1 ? ': the page was served without isolation headers (COOP, COEP)' : '';
  const offers: BackendOffer[] = [
    {
      name: 'webgl',
      available: webgl !== null,
      detail: webgl === null ? 'not in this browser' : hasGpu ? deviceName(webgl.renderer) : 'emulated in software',
    },
    { name: 'wasm', available: hasWasm, detail: hasWasm ? wasmDetail + onlyOne : 'not in this browser' },
    { name: 'cpu', available: true, detail: 'plain JavaScript, very slow' },
  ];
  const automatic = chooseAutomatically(offers, hasGpu);
  /** What has been started, and what it runs on. */
  const running = new Map<BackendName, string>();

  const failure = (name: BackendName): GanvasError => {
    if (name === 'webgl')
      return new GanvasError('no-webgl', 'This browser has no usable WebGL 2 with float32 textures.');
    return new GanvasError('no-wasm', 'This browser has no usable WebAssembly.');
  };

  /** Starts one backend and says what it runs on. */
  async function startOne(name: BackendName): Promise<string> {
    const offer = offers.find((one) => one.name === name);
    if (!offer?.available) throw failure(name);
    let detail = running.get(name) ?? offer.detail;
    const before = running.size > 0 ? tf.getBackend() : null;
    try {
      if (!running.has(name) && name === 'webgl' && webgl) {
        webgl.canvas.addEventListener('webglcontextlost', onLost);
        setWebGLContext(2, webgl.context);
        installWebglKernels();
      }
      if (!running.has(name) && name === 'wasm' && (await startWasm(threads)) < threads) {
        detail = 'SIMD, 1 thread: more could not be started';
      }
      if (!(await tf.setBackend(name))) throw failure(name);
      await selfTest(name);
      running.set(name, detail);
      return detail;
    } catch (error) {
      if (before !== null) await tf.setBackend(before);
      throw error;
    }
  }

  async function start(accelerator: Accelerator): Promise<BackendInUse> {
    if (accelerator !== 'automatic') {
      return { name: accelerator, detail: await startOne(accelerator), reason: 'Chosen by you.' };
    }
    const rest = offers.filter(
      ({ name, available }) => available && name !== automatic.name && !(name === 'webgl' && !hasGpu),
    );
    try {
      return { ...automatic, detail: await startOne(automatic.name) };
    } catch (error) {
      for (const { name } of rest) {
        try {
          const detail = await startOne(name);
          const why = error instanceof Error ? error.message : String(error);
          return { name, detail, reason: `Chosen because ${labels[automatic.name]} failed: ${why}` };
        } catch {
          // The first failure is the one to tell of; what is left is tried in turn.
        }
      }
      throw error;
    }
  }

  return { offers, hasGpu, automatic, start };
}

/** A small convolution whose sums are known: some drivers give zeros or half precision without saying so. */
async function selfTest(name: BackendName): Promise<void> {
  const result = tf.tidy(() => {
    const x = tf.reshape(tf.range(0, 64), [1, 8, 8, 1]) as tf.Tensor4D;
    return tf.sum(tf.conv2d(x, tf.fill([3, 3, 1, 4], 0.1), 1, 'valid'));
  });
  try {
    const [sum] = await result.data();
    // 4 channels × 9 taps × 0.1 × the sum over the 36 windows of their centre, which is 31.5 on average.
    const expected = 4 * 9 * 0.1 * 36 * 31.5;
    if (sum === undefined || !(Math.abs(sum - expected) < 1e-4 * expected)) {
      throw new GanvasError(
        'wrong-accelerator',
        `${labels[name]} computes wrongly on this device (${sum} instead of ${expected}).`,
      );
    }
  } finally {
    result.dispose();
  }
}
