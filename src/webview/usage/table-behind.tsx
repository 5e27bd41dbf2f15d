import * as l10n from '@vscode/l10n';
import { useState } from 'preact/hooks';

interface TableBehindProps {
  readonly name: string;
  /** The first one names the rows. */
  readonly columns: readonly string[];
  readonly rows: () => readonly (readonly string[])[];
}

/** The numbers that a chart draws; nothing of it is made before it is opened. */
export function TableBehind({ name, columns, rows }: TableBehindProps) {
  const [open, setOpen] = useState(false);
  return (
    <details class="table-behind" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        {l10n.t('Table')}
        <span class="for-screen-reader">: {name}</span>
      </summary>
      {open && (
        <div class="wide">
          <table class="figures">
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows().map(([head, ...cells]) => (
                <tr key={head}>
                  <th scope="row">{head}</th>
                  {cells.map((cell, index) => (
                    <td key={columns[index + 1]}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
}
