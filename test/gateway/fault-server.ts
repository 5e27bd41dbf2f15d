import { createServer, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecure } from 'node:https';
import { type AddressInfo, createServer as createTcp, type Socket, type Server as TcpServer } from 'node:net';
import { selfSigned } from '../providers/self-signed.ts';
import { type Wire, wires } from './fault-wires.ts';
import { type Fault, type Form, faults } from './faults.ts';

/** Real servers that fail in every way there is, and that answer well. */
export interface FaultServers extends AsyncDisposable {
  readonly faulty: (fault: Fault, wire: Wire) => string;
  readonly good: (id: string, wire: Wire, form: Form) => string;
  /** Answers that have not ended yet. */
  readonly unfinished: () => number;
  readonly openSockets: () => number;
}

export const replyOf = (id: string): string => `Hello from ${id}`;

export async function startFaultServers(): Promise<FaultServers> {
  const sockets = new Set<Socket>();
  const answers = new Set<ServerResponse>();
  const track = <Any extends TcpServer>(server: Any): Any => {
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => sockets.delete(socket));
    });
    return server;
  };
  const plain: Server = track(
    createServer((request, response) => {
      answers.add(response);
      response.on('close', () => answers.delete(response));
      request.resume();
      request.on('end', () => answer(request.url ?? '', response));
    }),
  );
  plain.keepAliveTimeout = 300_000;
  const silentTls = track(createTcp((socket) => void socket.resume()));
  const strange = track(createSecure(selfSigned('nobody'), (_, response) => void response.end('{}')));
  const closed = createTcp();
  const ports = await Promise.all([plain, silentTls, strange, closed].map(listen));
  const [plainPort, silentPort, strangePort, closedPort] = ports;
  await new Promise((resolve) => closed.close(resolve));
  const places: Readonly<Record<NonNullable<Fault['place']>, string>> = {
    'closed port': `http://127.0.0.1:${closedPort}`,
    'no host': 'http://nowhere.invalid',
    'silent TLS': `https://127.0.0.1:${silentPort}`,
    'strange certificate': `https://127.0.0.1:${strangePort}`,
  };
  return {
    faulty: (fault, wire) =>
      fault.place ? places[fault.place] : `http://127.0.0.1:${plainPort}/fault/${faults.indexOf(fault)}/${wire.name}/-`,
    good: (id, wire, form) => `http://127.0.0.1:${plainPort}/good/${id}/${wire.name}/${form}`,
    unfinished: () => answers.size,
    openSockets: () => sockets.size,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await Promise.all([plain, silentTls, strange].map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

function answer(path: string, response: ServerResponse): void {
  const [, what, which = '', name, form] = path.split('/');
  const wire = wires.find((row) => row.name === name);
  if (!wire) throw new Error(`no wire in ${path}`);
  if (what === 'fault') {
    faults[Number(which)]?.answer?.(response, wire);
    return;
  }
  const text = replyOf(which);
  response.writeHead(200, { 'content-type': form === 'whole' ? 'application/json' : wire.contentType });
  if (form === 'whole') response.end(wire.whole?.(text));
  else response.end(wire.opening + wire.word(text) + wire.closing);
}

function listen(server: TcpServer): Promise<number> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));
}
