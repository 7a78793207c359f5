// What the page may load and connect to: the Content-Security-Policy, and the other headers that a good host sends.
import { sources } from '../data/sources.ts';

/** The hosts that a dataset may be fetched from, as origins. */
const datasetHosts = [
  ...new Set(Object.values(sources).flatMap(({ addresses }) => addresses.map((address) => new URL(address).origin))),
];

type Directives = Readonly<Record<string, readonly string[]>>;

const written = (directives: Directives): string =>
  Object.entries(directives)
    .map(([name, allowed]) => `${name} ${allowed.join(' ')}`)
    .join('; ');

const everywhere: Directives = {
  'default-src': ["'none'"],
  'connect-src': ["'self'", ...datasetHosts],
  'worker-src': ["'self'"],
};

/**
 * For the document. Its styles come from files and, property by property, from React; both need no `unsafe-inline`. The
 * page itself never compiles WebAssembly: the workers do.
 */
export const pagePolicy: string = written({
  ...everywhere,
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'"],
  'manifest-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
});

/** For workers, whose policy is that of their own script. */
export const workerPolicy: string = written({
  ...everywhere,
  'script-src': ["'self'", "'wasm-unsafe-eval'"],
  'worker-src': ["'self'"],
});

/** Cross-origin isolation: without it the browser gives no SharedArrayBuffer, hence no WASM threads. */
export const isolation: Readonly<Record<string, string>> = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** The headers of a response: a document's, or those of everything else, which may be a worker's script. */
export function headersFor(contentType: string): Readonly<Record<string, string>> {
  const policy = contentType.startsWith('text/html') ? pagePolicy : workerPolicy;
  return { ...isolation, 'Content-Security-Policy': policy };
}
