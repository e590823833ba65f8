"""The same SQL in Spark: a few profiles over a few exports, held against DuckDB's answers.

`python3 -m tests.reference.spark_check --profiles 30 --engine target/release/profilblik`, with a
Python that has PySpark and DuckDB, and a Java 11 or 17. Spark plans every step anew, so that this
takes some seconds a profile; it is no part of the ordinary checks.
"""

import argparse
import random
import re
import sys
import tempfile
import time
from pathlib import Path

from .generate import csv_files, well_formed_profile, write_files
from .make_export import make_export
from .sql_engine import TABLES, Database, Refused, normalised, profile_sql
from .toml_text import profile_text
from .vocabulary import Case

TYPES = {"VARCHAR": "STRING", "HUGEINT": "DECIMAL(38, 0)"}


def session(folder):
    """Local Spark; ANSI off and on differ in what they refuse, not in what they answer here."""
    from pyspark.sql import SparkSession

    settings = {
        "spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "1", "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1", "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.sql.adaptive.enabled": "false", "spark.default.parallelism": "1",
        "spark.sql.ansi.enabled": "true", "spark.ui.showConsoleProgress": "false",
    }
    builder = SparkSession.builder.master("local[1]").appName("profilblik")
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


class Spark(Database):
    """Answers from Spark; what differs from DuckDB is loading and running, nothing else."""

    def __init__(self, spark, shapes, tables):
        self.spark = spark
        for table in TABLES:
            columns = ", ".join(f"{name} {TYPES.get(kind, kind)}" for name, kind in shapes[f"pb_{table}"].items())
            frame = spark.read.csv(f"{tables}/*/pb_{table}.csv", schema=columns, header=True, quote='"', escape='"')
            frame.cache().createOrReplaceTempView(f"pb_{table}")
        self.cprs = {(export, patient): cpr for export, patient, cpr in self.rows("SELECT * FROM pb_noegle")}
        self.exports = sorted({export for export, _ in self.cprs})

    def rows(self, query):
        return [tuple(row) for row in self.spark.sql(query).collect()]

    def dicts(self, query):
        return [row.asDict() for row in self.spark.sql(query).collect()]

    def answers(self, text, profile, index_date):
        for statement in text.split(";\n"):
            if statement.strip():
                self.spark.sql(statement)
        found = self.read_answers(text, profile, index_date)
        for step in re.findall(r"^CACHE TABLE (\w+) AS", text, re.M):
            self.spark.catalog.dropTempView(step)  # Spark forgets the rows with the view
        return found


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--engine", type=Path, default=Path("target/release/profilblik"))
    arguments.add_argument("--profiles", type=int, default=30, help="one for each kind of criterion")
    arguments.add_argument("--first", type=int, default=0, help="number of the first profile; sums are from 26 on")
    arguments.add_argument("--exports", type=int, default=20)
    arguments.add_argument("--seed", type=int, default=1)
    asked = arguments.parse_args()
    began = time.monotonic()
    case = Case(random.Random(asked.seed))
    exports = {f"e{number:03}": csv_files(make_export(case)) for number in range(asked.exports)}
    profiles = [well_formed_profile(case, number) for number in range(asked.first, asked.first + asked.profiles)]
    with tempfile.TemporaryDirectory(prefix="profilblik-spark-") as folder:
        root = Path(folder)
        tables = normalised(asked.engine, root, exports)
        duck = Database(asked.engine, tables)
        shapes = {f"pb_{table}": {name: kind for name, kind, *_ in duck.rows(f"DESCRIBE pb_{table}")} for table in TABLES}
        spark = Spark(session(root), shapes, tables)
        pairs = differences = refused = 0
        for profile in profiles:
            name = profile["profil"]["id"]
            path = root / "profiles" / f"{name}.toml"
            write_files(path.parent, {path.name: profile_text(profile)})
            asked_of = ({"id": name, "version": "1.0"}, case.index_date)
            try:
                texts = [profile_sql(asked.engine, path, case.index_date, dialect) for dialect in ("duckdb", "spark")]
            except Refused:
                refused += 1
                continue
            one, other = duck.answers(texts[0], *asked_of), spark.answers(texts[1], *asked_of)
            different = [export for export in one if one[export] != other[export]]
            pairs, differences = pairs + len(one), differences + len(different)
            for export in different:
                print(f"{name} {export}: DuckDB {one[export]} Spark {other[export]}")
            print(f"{name}: {len(one)} exports, {len(different)} differences, {time.monotonic() - began:.0f} s", flush=True)
    print(f"{pairs} pairs, {differences} differences, {refused} profiles without SQL")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
