import { createServer } from 'node:http';

export interface TwinReportRequest {
  at: number;
  path: string;
  /** All of them: whoever fetches a report must send no credential. */
  headers: Readonly<Record<string, string>>;
  status: number;
}

/** An answer in place of the report. */
export interface TwinReportFault {
  status: number;
  headers?: Readonly<Record<string, string>>;
  body?: string;
  /** The connection ends after the body, whatever length was told. */
  breaksOff?: boolean;
}

/** The other host, on which GitHub keeps files behind short-lived signed links. */
export interface TwinReportHost {
  url: string;
  /** What it was asked so far, in order. */
  requests: TwinReportRequest[];
  /** What it answers next, one for each request, before it answers as it should. */
  faults: TwinReportFault[];
  /** How long a link is taken. @unit milliseconds */
  linkLifetimeMs: number;
  /** Keeps a text and returns its signed link. */
  publish(text: string): string;
  close(): Promise<void>;
}

export async function startReportHost(now: () => number): Promise<TwinReportHost> {
  const files = new Map<string, { text: string; expiresAt: number }>();
  const requests: TwinReportRequest[] = [];
  const faults: TwinReportFault[] = [];
  const server = createServer((message, response) => {
    const path = message.url ?? '/';
    const file = files.get(path);
    const fault = faults.shift();
    const isTaken = file !== undefined && now() < file.expiresAt;
    const status = fault?.status ?? (isTaken ? 200 : 403);
    const headers = Object.entries(message.headers).map(([name, value]): [string, string] => [
      name,
      String(value),
    ]);
    requests.push({ at: now(), path, headers: Object.fromEntries(headers), status });
    response.writeHead(status, { 'content-type': 'application/octet-stream', ...fault?.headers });
    if (fault?.breaksOff === true) {
      response.write(fault.body ?? '', () => message.socket.destroy());
      return;
    }
    response.end(fault === undefined ? (isTaken ? file.text : 'Signature not valid') : fault.body);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('No port was given.');
  const url = `http://127.0.0.1:${address.port}`;
  const host: TwinReportHost = {
    url,
    requests,
    faults,
    linkLifetimeMs: 5 * 60_000,
    publish(text) {
      const path = `/reports/${files.size + 1}.ndjson?sig=twin${files.size + 1}`;
      files.set(path, { text, expiresAt: now() + host.linkLifetimeMs });
      return `${url}${path}`;
    },
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
  return host;
}
