// Which backends this browser has and on which devices, found out without starting any of them.
import type { BackendName, BackendOffer } from '../../protocol/devices.ts';
import { hasWasmSimd } from './wasm.ts';

export interface Devices {
  readonly candidates: readonly BackendOffer[];
  readonly webgl: WebGl | null;
  readonly wasmThreads: number;
  /** Tells this device from others, as far as speed and correctness go. */
  readonly fingerprint: string;
}

export interface WebGl {
  readonly context: WebGL2RenderingContext;
  readonly canvas: OffscreenCanvas;
  readonly renderer: string;
}

/** Of the record that is kept for a device: a new number where what was measured before says nothing any more. */
const recordVersion = 3;

/** A browser whose GPU process hangs must not keep the page waiting. */
const adapterLimitMs = 3_000;

const software = /swiftshader|llvmpipe|softpipe|lavapipe|software|basic render/i;
const absent = 'not in this browser';
const inSoftware = 'emulated in software';

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
export function deviceName(renderer: string): string {
  const inner = /^ANGLE \([^,]*, ([^,]*)/.exec(renderer)?.[1] ?? renderer;
  return inner
    .replace(/\s*\(0x[0-9a-f]+\)/gi, '')
    .replace(/^Vulkan [\d.]+ \((.*)\)?$/i, '$1')
    .trim();
}

/** The adapter that tfjs will ask for too, or null. */
async function findAdapter(): Promise<GPUAdapter | null> {
  const { gpu } = navigator as Partial<Navigator>;
  if (!gpu) return null;
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), adapterLimitMs));
  const adapter = gpu.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null);
  return Promise.race([adapter, late]);
}

/** The browsers say as little of a GPU as they can: its description, else 'nvidia ampere'. */
export function adapterName({ description, vendor, architecture }: GPUAdapterInfo): string {
  return description || [vendor, architecture].filter(Boolean).join(' ') || 'a GPU that has no name';
}

function isEmulated(adapter: GPUAdapter): boolean {
  const { info } = adapter;
  // Older browsers have it on the adapter itself.
  const fallback = info.isFallbackAdapter || (adapter as { isFallbackAdapter?: boolean }).isFallbackAdapter === true;
  return fallback || software.test(`${info.vendor} ${info.architecture} ${info.device} ${info.description}`);
}

export async function findDevices(): Promise<Devices> {
  const adapter = await findAdapter();
  const webgl = openWebGl();
  const hasWasm = typeof WebAssembly === 'object';
  const isolated = globalThis.crossOriginIsolated === true;
  const cores = Math.max(1, navigator.hardwareConcurrency || 1);
  const simd = hasWasm && hasWasmSimd();
  const wasmThreads = simd && isolated ? cores : 1;
  const wasmDetail = `${simd ? 'SIMD' : 'no SIMD'}, ${wasmThreads} ${wasmThreads === 1 ? 'thread' : 'threads'}`;
  const onlyOne = simd && !isolated && cores > 1 ? ': the page is in a frame, or has no COOP and COEP' : '';
  const gpu = (name: BackendName, device: string | null, emulated: boolean): BackendOffer => ({
    name,
    available: device !== null,
    emulated,
    detail: device === null ? absent : emulated ? inSoftware : device,
  });
  return {
    candidates: [
      gpu('webgpu', adapter && adapterName(adapter.info), adapter !== null && isEmulated(adapter)),
      gpu('webgl', webgl && deviceName(webgl.renderer), webgl !== null && software.test(webgl.renderer)),
      { name: 'wasm', available: hasWasm, emulated: false, detail: hasWasm ? wasmDetail + onlyOne : absent },
      { name: 'cpu', available: true, emulated: false, detail: 'on one thread, very slow' },
    ],
    webgl,
    wasmThreads,
    fingerprint: [
      `record ${recordVersion}`,
      `WebGPU ${adapter ? adapterName(adapter.info) : 'none'}`,
      `WebGL ${webgl?.renderer ?? 'none'}`,
      `WASM ${hasWasm ? (simd ? 'SIMD' : 'plain') : 'none'}`,
      `${cores} cores`,
      isolated ? 'isolated' : 'not isolated',
    ].join('; '),
  };
}
