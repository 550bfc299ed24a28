/** A table that becomes a list of cards where it is narrow. */
import { Table } from "@mantine/core";
import type { ReactNode } from "react";

export interface Column<Row> {
  name: string;
  cell: (row: Row) => ReactNode;
  /** Numbers stand at the end of their column. */
  end?: boolean;
}

interface Props<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  id: (row: Row) => string;
}

export function Rows<Row>({ label, columns, rows, id }: Props<Row>): ReactNode {
  return (
    <Table className="rows" aria-label={label} verticalSpacing="sm">
      <Table.Thead>
        <Table.Tr>
          {columns.map((one) => (
            <Table.Th key={one.name} data-end={one.end || undefined}>
              {one.name}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={id(row)}>
            {columns.map((one) => (
              <Table.Td key={one.name} data-name={one.name} data-end={one.end || undefined}>
                {one.cell(row)}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
