// English: what computes on this device, on what, and why.
import type { BackendDetail, BackendReason, MeasurementNote } from '../../../protocol/devices.ts';
import { errorSentence } from '../errorSentence.ts';
import { backends } from './accelerators.ts';
import { errors } from './errors.ts';

const withoutStop = (text: string): string => text.replace(/\.$/, '');

export function detail(detail: BackendDetail): string {
  switch (detail.on) {
    case 'device':
      return detail.name;
    case 'nameless-gpu':
      return 'a GPU that has no name';
    case 'software':
      return 'emulated in software';
    case 'javascript':
      return 'on one thread, very slow';
    case 'nothing':
      return 'not in this browser';
    case 'threads': {
      const threads = `${detail.threads} ${detail.threads === 1 ? 'thread' : 'threads'}`;
      const limits = {
        'no-isolation': ': in a frame, or without COOP and COEP headers',
        'not-started': ': more could not be started',
      };
      return `${detail.simd ? 'SIMD' : 'no SIMD'}, ${threads}${detail.limit === null ? '' : limits[detail.limit]}`;
    }
    default:
      return detail satisfies never;
  }
}

/** Behind 'failed: ' where it failed. */
export function note(note: MeasurementNote): string {
  switch (note.note) {
    case 'absent':
      return 'not in this browser';
    case 'emulated':
      return 'not tried: emulated in software';
    case 'slow':
      return 'not tried: very slow';
    case 'untried':
      return 'not tried';
    case 'too-slow': {
      const steps = note.steps === 1 ? 'a step' : 'two steps';
      const seconds = note.steps === 1 ? `${note.seconds}` : note.seconds.toFixed(1);
      return `${steps} with ${note.images} images took more than ${seconds} s`;
    }
    case 'failed':
      return errorSentence({ errors }, note.cause);
    case 'text':
      return note.text;
    default:
      return note satisfies never;
  }
}

function because(reason: Exclude<BackendReason, { because: 'chosen' }>): string {
  switch (reason.because) {
    case 'gpu':
      return `this browser has a GPU for ${backends[reason.backend]}`;
    case 'failed-twice':
      return `${backends[reason.backend]} has failed twice`;
    case 'failed':
      return `${backends[reason.backend]} failed${reason.why === null ? '' : `: ${withoutStop(note(reason.why))}`}`;
    case 'untimed': {
      const label = backends[reason.backend];
      if (reason.why === null) return `the speed of ${label} is not known`;
      return `${label} is slow here: ${withoutStop(note(reason.why))}`;
    }
    case 'faster': {
      const times = `${reason.onAverage ? 'on average ' : ''}${reason.times.toFixed(1)} times`;
      return `it is ${times} as fast here as ${backends[reason.backend]}`;
    }
    case 'webgpu-not-faster':
      return `this browser has a GPU for WebGL, and WebGPU is not ${reason.times} times as fast`;
    case 'no-wasm':
      return 'this browser has no WebAssembly';
    case 'no-webgl':
      return 'this browser has no usable WebGL';
    case 'webgl-emulated':
      return 'WebGL is only emulated here; Measure all tries it, too';
    case 'nothing-else':
      return 'this browser has neither WebGL nor WebAssembly';
    default:
      return reason satisfies never;
  }
}

export const reason = (reason: BackendReason): string =>
  reason.because === 'chosen' ? 'Chosen by you.' : `Chosen because ${because(reason)}.`;
