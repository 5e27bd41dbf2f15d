import { Gateway } from '../../src/gateway/gateway.ts';
import { ModelDirectory } from '../../src/gateway/model-directory.ts';
import type { Pace } from '../../src/gateway/pace.ts';
import type { GatewayPorts } from '../../src/gateway/ports.ts';
import { RequestLog } from '../../src/gateway/request-log.ts';
import { chatProtocols, type Protocol } from '../../src/llm/model-facts.ts';
import { openProviders, type Providers } from '../../src/providers/providers.ts';
import type { WireName } from '../../src/providers/wire-protocol.ts';
import { databaseAt } from '../../src/store/database.ts';
import { Lessons } from '../../src/store/lessons.ts';
import { ModelLists } from '../../src/store/model-lists.ts';
import { UsageLedger } from '../../src/store/usage-ledger.ts';

export interface HouseSettings {
  readonly providers: unknown;
  readonly roles: unknown;
  readonly models?: unknown;
  readonly auto?: unknown;
  readonly environment?: Readonly<Record<string, string>>;
}

export interface House extends Disposable {
  readonly gateway: Gateway;
  readonly ledger: UsageLedger;
  readonly directory: ModelDirectory;
  readonly reports: readonly string[];
  readonly log: RequestLog;
}

/** A whole gateway with the real wires and a database in memory; what the editor would give it is data. */
export function gatewayHouse(settings: HouseSettings, pace?: Pace, shared?: Providers): House {
  const providers = shared ?? openProviders();
  const open = databaseAt(':memory:');
  const reports: string[] = [];
  const log = new RequestLog();
  const ports: GatewayPorts = {
    settings: {
      providers: () => settings.providers,
      roles: () => settings.roles,
      models: () => settings.models,
      auto: () => settings.auto,
    },
    keys: { find: async () => ({ kind: 'key', key: 'secret' }) },
    vendors: async () => providers.vendors,
    protocol: async (name) => providers.stream(wire(name)),
    written: async (name, ...asked) => providers.written(wire(name), ...asked),
    listModels: (...asked) => providers.listModels(...asked),
    runningContext: (...asked) => providers.runningContext(...asked),
    catalog: async () => new Map(),
    bearer: async () => undefined,
    embeddedModel: async () => undefined,
    environment: (name) => settings.environment?.[name],
    readFile: async () => '',
    requestLog: log,
    report: (problem) => reports.push(problem),
  };
  const directory = new ModelDirectory(ports, new ModelLists(open));
  const ledger = new UsageLedger(open);
  const gateway = new Gateway(ports, directory, ledger, new Lessons(open), [], { ...(pace && { pace }) });
  return {
    gateway,
    ledger,
    directory,
    reports,
    log,
    [Symbol.dispose]: () => {
      if (!shared) providers.close();
      open[Symbol.dispose]();
    },
  };
}

function wire(name: Protocol): WireName {
  if (name === 'embedded' || name === 'vscode-lm')
    throw new Error(`${name} has no wire. Known: ${chatProtocols.join()}`);
  return name;
}
