"""Writing a profile, held as nested dicts, as TOML."""

import json


def inline(value):
    """A value on one line. JSON's texts are TOML's; dates and numbers stand as they are."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return "[" + ", ".join(inline(one) for one in value) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {inline(one)}" for key, one in value.items()) + " }"
    return str(value)


def section(heading, table):
    lines = [heading] if heading else []
    return "\n".join(lines + [f"{key} = {inline(value)}" for key, value in table.items()]) + "\n"


def profile_text(profile):
    """The profile's tables in the order in which the language document has them."""
    parts = [section(None, {"format": 1}), section("[profil]", profile["profil"])]
    for kind in ("kodesaet", "kriterie"):
        parts += [section(f"[{kind}.{name}]", table) for name, table in profile.get(kind, {}).items()]
    parts.append(section("[population]", profile["population"]))
    for kind in ("kolonne", "markering", "maalepunkt", "tabel"):
        parts += [section(f"[[{kind}]]", table) for table in profile.get(kind, [])]
    return "\n".join(parts)
