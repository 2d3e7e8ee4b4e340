from tests.ui.beside.rooms import open_room as open_room
from tests.ui.beside.rooms import room as room
from tests.ui.desk.desks import desk as desk
