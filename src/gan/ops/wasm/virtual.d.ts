// The compiled kernels, which compile.ts makes of assembly/: base64 of a WebAssembly module for each case.
declare module 'virtual:wasm-kernels' {
  const kernels: Readonly<Record<`${'shared' | 'single'}-${'relaxed' | 'plain'}`, string>>;
  export default kernels;
}
