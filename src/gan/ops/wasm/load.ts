// Loads the compiled kernels that this engine can run: with fused multiply-add where it has that, none without SIMD.

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/**
 * @param shared whether the kernels work on shared memory
 * @returns null where the engine can run none of them
 */
export async function loadWasmKernels(shared: boolean): Promise<WebAssembly.Module | null> {
  const { default: kernels } = await import('virtual:wasm-kernels');
  const memory = shared ? 'shared' : 'single';
  for (const variant of ['relaxed', 'plain'] as const) {
    const bytes = bytesOf(kernels[`${memory}-${variant}`]);
    if (WebAssembly.validate(bytes)) return WebAssembly.compile(bytes);
  }
  return null;
}
