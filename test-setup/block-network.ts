// For vitest's workers (`setupFiles`) and for the processes that tests start (`--import`): no host
// but this machine can be reached, and each attempt is noted. It prints nothing. `fetch`, HTTP and
// TLS all end in the connect of a socket; gated there, requests that a test answers itself pass.
import dgram from 'node:dgram';
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import { ledgerVariable, recordHost } from './ledger-files.ts';

type Call = (this: unknown, ...parameters: unknown[]) => unknown;

const ledger = process.env[ledgerVariable];
const installed = Symbol.for('adjutant.test.network-block');
const loopback = /^(localhost|.*\.localhost|127(\.\d{1,3}){3}|::1|\[::1\]|::ffff:127\..*)$/i;

if (!(installed in globalThis)) {
  Object.defineProperty(globalThis, installed, { value: true });
  guard(net.Socket.prototype, 'connect', hostOfConnect, function (error) {
    // Where a refused connection arrives too: whoever listens for errors gets this one.
    // Not now, because TLS still sets its socket up after this call.
    if (!(this instanceof net.Socket)) throw error;
    process.nextTick(() => this.destroy(error));
    return this;
  });
  guard(dgram.Socket.prototype, 'connect', ([, address]) => textOr(address));
  guard(dgram.Socket.prototype, 'send', (parameters) => hostOfSend(parameters));
  for (const resolver of [
    dns,
    dns.promises,
    dns.Resolver.prototype,
    dns.promises.Resolver.prototype,
  ])
    for (const name of Object.keys(Object.getOwnPropertyDescriptors(resolver)))
      if (/^(lookup|resolve.*|reverse)$/.test(name))
        guard(resolver, name, ([host]) => textOr(host));
  // Names that were imported from these modules see what stands there now.
  syncBuiltinESMExports();
  passOnToChildren();
}

/** Puts a gate before a function: where its arguments name another machine, it is not called. */
function guard(
  target: object,
  name: string,
  hostOf: (parameters: unknown[]) => string | null,
  refuse: (this: unknown, error: Error) => unknown = (error) => {
    throw error;
  },
): void {
  const original: unknown = Reflect.get(target, name);
  if (typeof original !== 'function') return;
  const gate: Call = function (...parameters) {
    const host = hostOf(parameters);
    if (host !== null && host !== '' && !loopback.test(host)) {
      recordHost(ledger, host, name);
      return Reflect.apply(refuse, this, [
        new Error(`Tests reach no network: ${name} to ${host}.`),
      ]);
    }
    return Reflect.apply(original, this, parameters);
  };
  // What hangs on the function (util.promisify's own form of it) stays reachable only through the gate.
  Reflect.set(target, name, gate);
}

/** A path is a local socket or pipe; without a host it is this machine. */
function hostOfConnect(parameters: unknown[]): string | null {
  // The module itself calls with its arguments already in one array.
  const [first, second] = Array.isArray(parameters[0]) ? (parameters[0] as unknown[]) : parameters;
  if (typeof first !== 'object' || first === null) return textOr(second);
  if ('path' in first && typeof first.path === 'string') return null;
  return 'host' in first ? textOr(first.host) : null;
}

/** The address stands after the port, wherever that stands. */
function hostOfSend([, ...rest]: unknown[]): string | null {
  return rest.find((parameter) => typeof parameter === 'string') ?? null;
}

function textOr(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** Processes that inherit the environment are held to the same. */
function passOnToChildren(): void {
  const preload = `--import=${import.meta.url}`;
  const options = process.env['NODE_OPTIONS'] ?? '';
  if (!options.includes(preload)) process.env['NODE_OPTIONS'] = `${options} ${preload}`.trim();
}
