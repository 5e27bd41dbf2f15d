import type { OpenDatabase } from './database.ts';

/** A file as it was before an edit and as the edit left it. */
export interface BeforeImage {
  readonly uri: string;
  /** Exact bytes; absent = there was no such file. */
  readonly before?: Uint8Array;
  /** Text after the edit; absent = the file was deleted. */
  readonly after?: string;
}

/** Beyond these the oldest turns can no longer be undone by Tutti. */
export const mostImageBytes = 64_000_000;
export const mostBytesOfFile = 8_000_000;

/** What files were before edits, so that a turn is undone to the byte, also after a restart. */
export class BeforeImages {
  readonly #open: OpenDatabase;

  constructor(open: OpenDatabase) {
    this.#open = open;
  }

  /**
   * Of a file that a turn edits more than once the first image counts, with the last text after it. The function it
   * returns takes the keeping back, of an edit that was not made after all.
   */
  async keep(turn: string, images: readonly BeforeImage[], at: number): Promise<() => void> {
    const database = await this.#open();
    const known = new Map(
      database
        .prepare('select uri, after from before_images where turn = ?')
        .all(turn)
        .map(({ uri, after }) => [String(uri), after ?? null]),
    );
    const put = database.prepare(
      `insert into before_images (turn, uri, at, existed, bytes, after) values (?, ?, ?, ?, ?, ?)
       on conflict (turn, uri) do update set after = excluded.after`,
    );
    for (const { uri, before, after } of images) {
      if ((before?.length ?? 0) > mostBytesOfFile) continue;
      put.run(turn, uri, at, before ? 1 : 0, before ?? null, after ?? null);
    }
    database
      .prepare(
        `delete from before_images where turn in (
           select turn from (
             select turn, sum(sum(coalesce(length(bytes), 0) + coalesce(length(after), 0))) over (order by max(at) desc, turn) as total
             from before_images group by turn
           ) where total > ?
         ) and turn <> ?`,
      )
      .run(mostImageBytes, turn);
    return () => {
      const drop = database.prepare('delete from before_images where turn = ? and uri = ?');
      const put = database.prepare('update before_images set after = ? where turn = ? and uri = ?');
      for (const { uri } of images) {
        const after = known.get(uri);
        if (after === undefined) drop.run(turn, uri);
        else put.run(after, turn, uri);
      }
    };
  }

  async of(turn: string): Promise<readonly BeforeImage[]> {
    const rows = (await this.#open()).prepare('select * from before_images where turn = ? order by uri').all(turn);
    return rows.map((row) => {
      const { bytes, after } = row;
      return {
        uri: String(row['uri']),
        ...(row['existed'] === 1 && { before: bytes instanceof Uint8Array ? bytes : new Uint8Array() }),
        ...(typeof after === 'string' && { after }),
      };
    });
  }

  async forget(turn: string): Promise<void> {
    (await this.#open()).prepare('delete from before_images where turn = ?').run(turn);
  }

  /** The turn that edited last; undefined = none can be undone. */
  async latest(): Promise<string | undefined> {
    const row = (await this.#open())
      .prepare('select turn from before_images order by at desc, rowid desc limit 1')
      .get();
    return row && String(row['turn']);
  }
}
