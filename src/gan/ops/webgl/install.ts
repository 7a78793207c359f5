// Installs the shaders in tfjs's WebGL backend.
import { setKernels } from '../current.ts';
import { webglKernels } from './kernels.ts';
import { registerWebglKernels } from './register.ts';

/** The backend need not have been started. Safe to call again. */
export function installWebglKernels(): void {
  registerWebglKernels();
  setKernels('webgl', webglKernels);
}
