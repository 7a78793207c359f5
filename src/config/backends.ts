// The backends of tfjs that a run can be trained on, by tfjs's own names.

export type BackendName = 'webgpu' | 'webgl' | 'wasm' | 'cpu';
