// The compiled kernels, which compile.ts makes of assembly/: a WebAssembly module in base64 for each case.
declare module 'virtual:wasm-kernels' {
  const kernels: Readonly<Record<`${'shared' | 'single'}-${'relaxed' | 'plain'}`, string>>;
  export default kernels;
}
