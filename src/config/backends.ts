// The backends of tfjs that a run can be trained on, by tfjs's own names.

export const backendNames = ['webgpu', 'webgl', 'wasm', 'cpu'] as const;
export type BackendName = (typeof backendNames)[number];
