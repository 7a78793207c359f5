// Build time only: puts the policy into the page, for hosts that send no headers, and sends it as headers in the
// preview.
import type { Plugin } from 'vite';
import { headersFor, pagePolicy } from './policy.ts';

/** The type by which `headersFor` knows what a path is: all that has no other ending is the page. */
const typeOf = (path: string): string => (/\.(?!html$)[a-z0-9]+$/i.test(path) ? '' : 'text/html');

/**
 * The policy in the built page and in `vite preview`. The development server needs inline scripts and has no policy.
 */
export function securityHeaders(): Plugin {
  return {
    name: 'security-headers',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { server }) =>
        server === undefined
          ? [
              {
                tag: 'meta',
                attrs: { 'http-equiv': 'Content-Security-Policy', content: pagePolicy },
                injectTo: 'head-prepend',
              },
            ]
          : [],
    },
    configurePreviewServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        const { pathname } = new URL(request.url ?? '/', 'http://localhost');
        for (const [name, value] of Object.entries(headersFor(typeOf(pathname)))) response.setHeader(name, value);
        next();
      });
    },
  };
}
