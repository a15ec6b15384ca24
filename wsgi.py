"""What the server and the `flask` command start."""

from app import create_app

app = create_app()
