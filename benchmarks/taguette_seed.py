"""Fill a new Taguette database from a JSON description on stdin. Runs in Taguette's own environment, not in ours."""

import json
import sys

from taguette import database

wanted = json.load(sys.stdin)
session = database.connect(wanted["url"])()
session.add(database.User(login="admin"))
project = database.Project(name="Mesures", description="")
session.add(project)
session.add(database.ProjectMember(project=project, user_login="admin", privileges=database.Privileges.ADMIN))
tags = [database.Tag(project=project, path=path, description="") for path in wanted["tags"]]
session.add_all(tags)
document = database.Document(
    name=wanted["title"],
    description="",
    filename="document.html",
    project=project,
    text_direction=database.TextDirection.LEFT_TO_RIGHT,
    contents=wanted["html"],
)
session.add(document)
session.flush()
for start, stop, snippet, tag in wanted["highlights"]:
    highlight = database.Highlight(document=document, start_offset=start, end_offset=stop, snippet=snippet)
    highlight.tags.append(tags[tag])
    session.add(highlight)
session.commit()
json.dump({"project": project.id, "document": document.id, "tags": [tag.id for tag in tags]}, sys.stdout)
