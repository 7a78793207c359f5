// A real HTTP server on this machine that misbehaves as told: each folder of it is a host with a temper of its own.
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { gz, tinyFiles } from './samples.ts';

/** Answers a request for one file. */
export type Temper = (response: ServerResponse, name: string) => void;

export const good: Temper = (response, name) => {
  const content = tinyFiles[name];
  if (!content) return void response.writeHead(404).end('no such file');
  const body = gz(content);
  response.writeHead(200, { 'content-type': 'application/gzip', 'content-length': body.length }).end(body);
};

/** As hosts do that know what a gz is: the browser gunzips on the way. */
export const gunzippedOnTheWay: Temper = (response, name) => {
  response.writeHead(200, { 'content-encoding': 'gzip' }).end(gz(tinyFiles[name] ?? new Uint8Array()));
};

export const status =
  (code: number): Temper =>
  (response) =>
    void response.writeHead(code).end('sorry');

/** As dev servers and hosts of single-page apps answer for any missing file. */
export const indexHtml: Temper = (response) => {
  response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Ganvas</title>');
};

export const silent: Temper = () => {};

/** Headers, and then nothing. */
export const headersOnly: Temper = (response) => {
  response.writeHead(200, { 'content-length': 1000 }).flushHeaders();
};

/** Half of it, and then nothing, the connection open. */
export const stallsHalfway: Temper = (response, name) => {
  const body = gz(tinyFiles[name] ?? new Uint8Array());
  response.writeHead(200, { 'content-length': body.length }).write(body.subarray(0, body.length / 2));
};

/** Half of it, and then the connection breaks. */
export const cut: Temper = (response, name) => {
  const body = gz(tinyFiles[name] ?? new Uint8Array());
  response.writeHead(200, { 'content-length': body.length });
  response.write(body.subarray(0, body.length / 2), () => setTimeout(() => response.destroy(), 20));
};

/** Half of it, and it says that this is all. */
export const short: Temper = (response, name) => {
  const body = gz(tinyFiles[name] ?? new Uint8Array());
  response.writeHead(200).end(body.subarray(0, body.length / 2));
};

/** The right size, but not the right bytes. */
export const altered: Temper = (response, name) => {
  const content = Uint8Array.from(tinyFiles[name] ?? []);
  content[content.length - 1] = (content.at(-1) ?? 0) ^ 1;
  response.writeHead(200).end(gz(content));
};

/** Good, but for one file. */
export const butFor =
  (wanted: string, other: Temper): Temper =>
  (response, name) =>
    (name.startsWith(wanted) ? other : good)(response, name);

export interface TestServer {
  /** The page's address. */
  readonly baseUrl: string;
  /** The address of one of the hosts. */
  readonly folder: (host: string) => string;
  /** What was asked for so far: 'a/train-labels-idx1-ubyte.gz'. */
  readonly asked: string[];
}

/** One folder for each host; the page's own copy is 'data/mnist'. Closed when the test is over. */
export async function serve(hosts: Readonly<Record<string, Temper>>): Promise<TestServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').slice(1);
    const [host = '', name = ''] = path.split(/\/(?=[^/]*$)/);
    asked.push(path);
    const temper = hosts[host] ?? status(404);
    temper(response, name);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return { baseUrl, folder: (host) => `${baseUrl}${host}/`, asked };
}
