"""The questions about interactions, and the programs that are asked; the filters are in `benches/src/interactions.txt`."""

from pathlib import Path

from engines import DuckDb, Tagmata

FILTERS = dict(
    line.split(": ", 1)
    for line in (Path(__file__).parents[1] / "src" / "interactions.txt").read_text("utf-8").splitlines()
)


def ago(days):
    """So many days before the instant of all questions."""
    return f"TIMESTAMP '2026-11-01 00:00:00' - INTERVAL {days} DAY"


def last(days):
    return f"moment > {ago(days)} AND moment <= {ago(0)}"


# Each gives the contacts, as `id`.
SQL = {
    "i01_recent_payers": f"SELECT contact AS id FROM i WHERE kind='payment' AND {last(90)} GROUP BY contact HAVING count(*) >= 2",
    "i02_sum": "SELECT contact AS id FROM i WHERE kind='payment' GROUP BY contact HAVING sum(amount) > 500",
    "i03_lapsed_clicks": f"SELECT contact AS id FROM i WHERE kind='email_clicked' GROUP BY contact HAVING max(moment) < {ago(180)}",
    "i04_never_came": "SELECT id FROM t ANTI JOIN (SELECT contact FROM i WHERE kind='appointment') a ON a.contact = t.id",
    "i05_average": "SELECT contact AS id FROM i WHERE kind='invoice' AND moment >= TIMESTAMP '2025-01-01' AND moment < TIMESTAMP '2026-01-01' "
    "GROUP BY contact HAVING sum(amount) > 200 * count(amount)",
    "i06_new_payers": "SELECT contact AS id FROM i WHERE kind='payment' GROUP BY contact "
    f"HAVING min(moment) > {ago(30)} AND min(moment) <= {ago(0)}",
    "i07_status_views": "SELECT contact AS id FROM i JOIN t ON t.id = i.contact "
    f"WHERE t.status='active' AND kind='email_viewed' AND {last(90)} GROUP BY contact HAVING count(*) >= 2",
    "i08_labelled": f"SELECT DISTINCT contact AS id FROM i WHERE kind='payment' AND lower(label)='plan m' AND {last(365)}",
    "i09_dormant": "SELECT id FROM t LEFT JOIN (SELECT contact, max(moment) AS moment FROM i WHERE kind<>'email_sent' GROUP BY contact) r "
    f"ON r.contact = t.id WHERE coalesce(greatest(last_interaction_at, r.moment) < {ago(180)}, true)",
    "i10_max": "SELECT contact AS id FROM i WHERE kind='payment' AND contact IN (SELECT contact FROM i WHERE kind='invoice' "
    "AND moment >= TIMESTAMP '2025-11-01' AND moment < TIMESTAMP '2026-11-01') GROUP BY contact HAVING max(amount) >= 300",
}


class DuckDbInteractions(DuckDb):
    def __init__(self, folder):
        super().__init__(folder)
        kinds = f"SELECT DISTINCT kind FROM '{folder}/interactions.parquet'"
        self.database.execute(f"CREATE TYPE kind AS ENUM ({kinds})")
        self.database.execute(
            f"CREATE TABLE i AS SELECT contact, kind::kind AS kind, moment, amount, label FROM '{folder}/interactions.parquet'"
        )

    def count(self, name):
        return self.database.execute(f"SELECT count(*) FROM ({SQL[name]})").fetchone()[0]

    def ids(self, name):
        return self.database.execute(SQL[name]).fetchnumpy()


class TagmataInteractions(Tagmata):
    def __init__(self, folder):
        super().__init__(folder)
        report = self.book.import_interactions(folder / "interactions.csv")
        assert report.rejected == 0 and not report.problems, report.problems[:3]

    def count(self, name):
        return self.book.count(FILTERS[name])

    def ids(self, name):
        return self.book.select(FILTERS[name])


PEER = "DuckDB"
ENGINES = {PEER: DuckDbInteractions, "tagmata": TagmataInteractions}
