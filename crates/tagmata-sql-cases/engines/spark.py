"""Spark SQL, in a process beside this one."""

import os
import shutil

from .case import Missing

TYPES = {
    "text": "string", "integer": "bigint", "number": "double", "boolean": "boolean", "decimal": "decimal(24, 6)",
    "timestamp": "timestamp_ntz", "timestamptz": "timestamp", "date": "date", "json": "string",
    "texts": "array<string>", "integers": "array<bigint>",
}

# What is written as a text, and cast.
AS_TEXT = ("decimal", "timestamp", "timestamptz", "date")


class Database:
    name = dialect = "spark"

    def __enter__(self):
        if shutil.which("java") is None:
            raise Missing("apt-get install openjdk-17-jre-headless")
        try:
            from pyspark.errors import PySparkException
            from pyspark.sql import SparkSession
        except ImportError as error:
            raise Missing("pip install pyspark") from error
        self.errors = (PySparkException,)
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        settings = {
            "spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.sql.shuffle.partitions": "1", "spark.default.parallelism": "1",
            # Making classes of a plan takes longer than asking a few rows.
            "spark.sql.codegen.wholeStage": "false", "spark.sql.codegen.factoryMode": "NO_CODEGEN",
            "spark.sql.adaptive.enabled": "false",
            # What nobody looks at is not kept: the plans of a thousand statements fill the memory.
            "spark.sql.ui.retainedExecutions": "1", "spark.ui.retainedJobs": "1", "spark.ui.retainedStages": "1", "spark.ui.retainedTasks": "1",
            "spark.driver.memory": "2g",
            # Nothing depends on where the session is.
            "spark.sql.session.timeZone": "America/St_Johns",
            "spark.log.level": "ERROR",
        }
        builder = SparkSession.builder.master("local[2]").appName("tagmata")
        for key, value in settings.items():
            builder = builder.config(key, value)
        self.spark = builder.getOrCreate()
        return self

    def __exit__(self, *_):
        self.spark.stop()

    def folds(self, folds):
        pass

    def create(self, table):
        from pyspark.sql import types

        columns = table["columns"]
        plain = [types.StructField(f"c{at}", plain_type(types, column["kind"])) for at, column in enumerate(columns)]
        frame = self.spark.createDataFrame([tuple(row) for row in table["rows"]], types.StructType(plain))
        casts = [cast(f"c{at}", column["kind"]) + f" AS {quoted(column['name'])}" for at, column in enumerate(columns)]
        frame.selectExpr(*casts).createOrReplaceTempView(quoted(table["name"]))

    def drop(self, table):
        self.spark.catalog.dropTempView(quoted(table["name"]))

    def ask(self, statement):
        return [tuple(row) for row in self.spark.sql(statement["text"], args=statement["params"]).collect()]


def plain_type(types, kind):
    plain = {"integer": types.LongType(), "number": types.DoubleType(), "boolean": types.BooleanType(),
             "texts": types.ArrayType(types.StringType()), "integers": types.ArrayType(types.LongType())}
    return plain.get(kind, types.StringType())


def cast(column, kind):
    if kind == "timestamptz":
        column = f"concat({column}, 'Z')"
    return f"CAST({column} AS {TYPES[kind]})" if kind in AS_TEXT else column


def quoted(name):
    return "`" + name.replace("`", "``") + "`"
