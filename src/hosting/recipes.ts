// The headers of policy.ts in the words of the usual static hosts: `npm run hosting` writes them into docs/hosting.
import { serviceWorkerFile } from '../protocol/serviceWorker.ts';
import { headersFor, pagePolicy, workerPolicy } from './policy.ts';

/** A file under assets/ has a checksum in its name; every other file keeps its name from version to version. */
const forAYear = 'public, max-age=31536000, immutable';
const askFirst = 'no-cache';

type Headers = Readonly<Record<string, string>>;

/**
 * Which paths get which headers. No path matches two rules: some hosts would send both policies, and a browser that
 * receives two enforces both.
 */
const rules: readonly { readonly paths: readonly string[]; readonly folder?: true; readonly headers: Headers }[] = [
  { paths: ['/', '/index.html'], headers: { ...headersFor('text/html'), 'Cache-Control': askFirst } },
  { paths: [`/${serviceWorkerFile}`], headers: { ...headersFor(''), 'Cache-Control': askFirst } },
  { paths: ['/assets/'], folder: true, headers: { ...headersFor(''), 'Cache-Control': forAYear } },
];

/** Every path of the rules with its headers; `everything` is what stands for the files of a folder. */
const perPath = (everything: string): readonly (readonly [string, Headers])[] =>
  rules.flatMap(({ paths, folder, headers }) =>
    paths.map((path) => [folder ? path + everything : path, headers] as const),
  );

const keysAndValues = (headers: Headers) => Object.entries(headers).map(([key, value]) => ({ key, value }));
const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** `_headers` of Netlify and Cloudflare Pages. */
const headersFile = (): string =>
  perPath('*')
    .map(([path, headers]) => [path, ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`)])
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');

const vercel = (): string =>
  json({
    headers: perPath('(.*)').map(([source, headers]) => ({ source, headers: keysAndValues(headers) })),
  });

const firebase = (): string =>
  json({
    hosting: {
      public: 'dist',
      headers: perPath('**').map(([source, headers]) => ({ source, headers: keysAndValues(headers) })),
    },
  });

/**
 * A server for nginx's conf.d. It goes by the type of the response, as `headersFor` does, so it works in any folder.
 */
const nginx = (): string => {
  const { 'Content-Security-Policy': _, ...isolation } = headersFor('');
  const added = Object.entries(isolation).map(([name, value]) => `    add_header ${name} ${value} always;`);
  return `# Ganvas behind nginx: copy to /etc/nginx/conf.d/, and set root and listen. Written by npm run hosting.

map $sent_http_content_type $ganvas_policy {
    ~^text/html "${pagePolicy}";
    default "${workerPolicy}";
}

map $uri $ganvas_cache {
    ~/assets/ "${forAYear}";
    default "${askFirst}";
}

server {
    listen 8080;
    root /usr/share/nginx/html;

${added.join('\n')}
    add_header Content-Security-Policy $ganvas_policy always;
    add_header Cache-Control $ganvas_cache;

    gzip on;
    gzip_vary on;
    gzip_min_length 1024;
    gzip_types text/css text/javascript application/javascript application/wasm application/manifest+json image/svg+xml;

    location ~ \\.webmanifest$ {
        default_type application/manifest+json;
    }
}
`;
};

/** File name in docs/hosting → its text. */
export const recipes: Readonly<Record<string, string>> = {
  'nginx.conf': nginx(),
  _headers: headersFile(),
  'vercel.json': vercel(),
  'firebase.json': firebase(),
};
