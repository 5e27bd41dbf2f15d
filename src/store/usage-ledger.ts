import { type Usage, writtenTokens } from '../llm/stream-event.ts';
import type { OpenDatabase } from './database.ts';

/** One request that left, whatever became of it. */
export interface UsageRow {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly role: string;
  readonly chatId?: string;
  readonly model: string;
  readonly provider: string;
  readonly usage?: Usage;
  /** US dollars; absent = the price is not known. */
  readonly cost?: number;
  readonly firstTokenMs?: number;
  readonly totalMs: number;
  /** The finish reason, or the error's code. */
  readonly outcome: string;
}

export class UsageLedger {
  readonly #open: OpenDatabase;

  constructor(open: OpenDatabase) {
    this.#open = open;
  }

  async record(row: UsageRow): Promise<void> {
    const database = await this.#open();
    database
      .prepare(
        `insert into usage (at, role, chat_id, model, provider, input_tokens, cached_tokens, output_tokens,
           reasoning_tokens, estimated, cost, first_token_ms, total_ms, outcome)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        row.at,
        row.role,
        row.chatId ?? null,
        row.model,
        row.provider,
        row.usage?.input ?? null,
        row.usage?.cached ?? null,
        row.usage === undefined ? null : writtenTokens(row.usage),
        row.usage?.reasoning ?? null,
        row.usage?.estimated ? 1 : 0,
        row.cost ?? null,
        row.firstTokenMs === undefined ? null : Math.round(row.firstTokenMs),
        Math.round(row.totalMs),
        row.outcome,
      );
  }

  /** Oldest first. */
  async since(at: number): Promise<readonly UsageRow[]> {
    const rows = (await this.#open()).prepare('select * from usage where at >= ? order by at, id').all(at);
    return rows.map(rowOf);
  }
}

function rowOf(row: Readonly<Record<string, unknown>>): UsageRow {
  const number = (name: string): number | undefined => (row[name] === null ? undefined : Number(row[name]));
  const input = number('input_tokens');
  const output = number('output_tokens');
  const cached = number('cached_tokens');
  const reasoning = number('reasoning_tokens');
  const cost = number('cost');
  const firstTokenMs = number('first_token_ms');
  return {
    at: Number(row['at']),
    role: String(row['role']),
    ...(row['chat_id'] !== null && { chatId: String(row['chat_id']) }),
    model: String(row['model']),
    provider: String(row['provider']),
    ...(input !== undefined &&
      output !== undefined && {
        usage: {
          input,
          output,
          ...(cached !== undefined && { cached }),
          ...(reasoning !== undefined && { reasoning }),
          ...(row['estimated'] === 1 && { estimated: true }),
        },
      }),
    ...(cost !== undefined && { cost }),
    ...(firstTokenMs !== undefined && { firstTokenMs }),
    totalMs: Number(row['total_ms']),
    outcome: String(row['outcome']),
  };
}
