// What an import came to, or would come to.

import type { ImportRequest, ReportAnswer } from "../../shared/api.ts";
import { MovesList } from "../bulk/dialog.tsx";
import { useNumber, useWords } from "../words/context.tsx";

interface ReportProps {
  report: ReportAnswer;
  of: ImportRequest["of"];
  done: boolean;
  /** Where the rejected rows are. */
  rejected: string;
}

export function Report({ report, of, done, rejected }: ReportProps) {
  const { files } = useWords();
  const number = useNumber();
  const { problems, problemsTotal } = report;
  const title = done ? files.report : files.preview;
  const numbers = [
    ["created", of === "contacts" ? files.created : files.recorded],
    ["updated", files.updated],
    ["unchanged", files.unchanged],
    ["rejected", files.rejected],
  ] as const;
  return (
    <section className="report" aria-label={title}>
      <h3>{title}</h3>
      <ul className="numbers">
        {numbers.map(([key, label]) => (
          <li key={key} className={key === "rejected" && report.rejected > 0 ? "wrong" : undefined}>
            <strong>{number(report[key])}</strong> {label}
          </li>
        ))}
      </ul>
      {!done && <MovesList moves={report.change} />}
      {problemsTotal > 0 && (
        <>
          <div className="section-head">
            <h4>{problems.length < problemsTotal ? files.firstProblems(problems.length, problemsTotal) : files.problems(problemsTotal)}</h4>
            {report.rejected > 0 && (
              <a href={rejected} download="rejected.csv">
                {files.download}
              </a>
            )}
          </div>
          <div className="table-scroll" tabIndex={0} role="group" aria-label={files.problems(problemsTotal)}>
            <table>
              <thead>
                <tr>
                  <th scope="col" className="number">{files.row}</th>
                  <th scope="col">{files.column}</th>
                  <th scope="col">{files.message}</th>
                  <th scope="col">{files.value}</th>
                </tr>
              </thead>
              <tbody>
                {problems.map(({ row, column, code, message, value }, index) => (
                  <tr key={index}>
                    <td className="number">{row}</td>
                    <td>{column}</td>
                    <td>
                      {message} <span className="hint">{code}</span>
                    </td>
                    <td>{value}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </section>
  );
}
