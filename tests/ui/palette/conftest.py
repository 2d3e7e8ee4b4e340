from tests.ui.desk.desks import desk as desk
