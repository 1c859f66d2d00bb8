"""Made-up people: names, streets, and phone numbers of nobody (555-01xx is kept free for fiction)."""

from random import Random

WOMEN = (
    "Abigail Ada Agnes Aisha Alba Alice Alma Amara Amber Amelia Ana Andrea Angela Anika Anna April "
    "Audrey Ava Beatriz Bella Bernice Beth Bianca Brenda Brooke Camila Carla Carmen Carol Caroline "
    "Cecilia Celeste Charlotte Chloe Clara Claudia Cora Cynthia Daisy Dana Daria Deborah Delia Diana "
    "Donna Dora Dorothy Edith Elaine Elena Elise Ella Eloise Emily Emma Erica Esther Eva Evelyn Faith "
    "Farah Fiona Flora Frances Gabriela Gail Gemma Gina Gloria Grace Greta Hana Hannah Harriet Hazel "
    "Heidi Helen Holly Ida Imani Ines Irene Iris Isabel Ivy Jade Jane Janet Jasmine Jean Jenna Joan "
    "Josephine Joy Judith Julia June Karen Kate Keiko Kendra Kira Lara Laura Layla Leah Lena Leona "
    "Lila Linda Linh Lisa Lois Louise Lucia Lucille Lydia Mabel Maeve Maria Marie Marisol Martha Maya "
    "Mei Mia Mina Miriam Monica Nadia Naomi Nina Noor Nora Olga Olive Olivia Paige Pamela Patrice "
    "Paula Pearl Petra Phoebe Priya Rachel Rebecca Renee Rosa Rose Ruby Ruth Sabine Sally Sandra Sara "
    "Selma Simone Sofia Sonia Stella Sylvia Tamara Tara Teresa Thea Tina Uma Vera Victoria Viola "
    "Wanda Willa Yara Yesenia Yoko Zoe"
).split()

MEN = (
    "Aaron Abel Adam Adrian Ahmed Aiden Alan Albert Alejandro Alex Amir Andre Andrew Anthony Antonio "
    "Arthur Asher August Barry Basil Ben Bernard Bruce Byron Caleb Calvin Carlos Cedric Charles "
    "Chester Clarence Clyde Colin Conrad Cyrus Dale Damian Daniel Darius David Dean Dennis Diego "
    "Dmitri Dominic Donald Douglas Duncan Dylan Earl Edgar Edmund Eduardo Edward Eli Elias Elliot "
    "Emil Enrique Eric Ernest Ethan Eugene Evan Felix Fernando Finn Floyd Francis Frank Fred Gabriel "
    "George Gerald Gilbert Glenn Gordon Graham Grant Gregory Gus Hakeem Harold Harry Harvey Hector "
    "Henry Herman Hiro Howard Hugo Ian Ibrahim Isaac Ivan Jack Jacob James Jamal Jan Jared Jason "
    "Jasper Javier Jerome Jesse Joel Jonas Jordan Jorge Joseph Joshua Juan Julian Karl Keith Kenji "
    "Kevin Kofi Lamar Lars Laurence Leo Leon Leonard Levi Liam Lloyd Louis Luca Lucas Luis Malik "
    "Marcus Mario Mark Martin Mateo Matteo Maurice Max Micah Miguel Miles Minh Mohammed Morris Nathan "
    "Neil Nelson Nicolas Noah Oliver Omar Oscar Otto Owen Pablo Patrick Paul Pedro Percy Peter Philip "
    "Quentin Rafael Ralph Rami Ramon Raymond Reza Ricardo Robin Rodney Roland Roman Ronald Roy Samir "
    "Samuel Sanjay Saul Sean Sergio Seth Silas Simon Stanley Stefan Tariq Theo Thomas Tobias Tomas "
    "Troy Victor Vincent Walter Warren Wesley Wilfred Xavier Yusuf Zachary"
).split()

LAST = (
    "Abbott Acosta Adair Adeyemi Aguilar Albright Alvarado Amari Anders Archer Arnold Ashford Atwood "
    "Avery Ayala Bailey Baker Baldwin Banerjee Barker Barlow Barnett Barrera Bass Bauer Beck Becker "
    "Bell Benson Berg Bianchi Bishop Blake Blanchard Bond Booth Bowen Bowers Boyle Bradford Brandt "
    "Brennan Briggs Brock Bryant Burke Burns Cabrera Cahill Calderon Callahan Camacho Cameron Cannon "
    "Cardenas Carey Carlson Carver Castro Cervantes Chan Chandler Chavez Cheng Cho Christie Clarke "
    "Clayton Cobb Coleman Collier Combs Conley Connor Conway Cordova Cortez Costa Cowan Crane Crosby "
    "Cruz Curtis Dalton Daly Dang Daniels Davenport Dawson Decker Delaney Delgado Desai Diaz Dixon "
    "Dolan Dominguez Donahue Dorsey Doyle Drake Dudley Duffy Duncan Duran Eaton Eckert Egan Ellis "
    "Emerson Engel Erickson Espinoza Estrada Everett Farley Farrell Faulkner Fernandez Fields "
    "Figueroa Finch Fisher Fitzgerald Fleming Flores Flynn Fowler Franco Frank Frazier French Frost "
    "Fuentes Gaines Galvan Garcia Gardner Garza Gentry Gibbs Gill Glover Goldberg Gonzalez Goodwin "
    "Gould Graves Greer Griffin Grimes Guerra Gupta Gutierrez Hahn Hale Hammond Hancock Hanna Hansen "
    "Harding Harmon Hart Hassan Hawkins Hayes Heath Hensley Herman Hess Hickman Higgins Hobbs Hodge "
    "Hoffman Holland Holt Hood Horton Houston Huang Hubbard Huff Hussein Ingram Iqbal Ito Jacobsen "
    "Jain Jansen Jensen Jimenez Joyce Juarez Kaiser Kane Kapoor Kaufman Keller Kemp Kent Khan Kimura "
    "Kirby Klein Knight Koch Kramer Lam Lambert Lane Lara Larsen Lawson Leblanc Leon Lindgren Little "
    "Lozano Lucero Lund Lynch Maldonado Malone Mann Marin Marsh Mathis Maxwell Mayer Mcbride Mccall "
    "Mcdaniel Mckenna Mclean Medina Mehta Mejia Mercer Merritt Meyer Michel Molina Monroe Mooney Mora "
    "Moran Morrow Moss Mullen Murillo Nakamura Nash Navarro Newton Nielsen Nixon Noble Nolan Norris "
    "Novotny Obrien Ochoa Odom Olsen Orozco Osborne Pacheco Padilla Page Park Patel Patton Paul Pena "
    "Perkins Petty Pham Phelps Pineda Pollard Potter Prince Quigley Quinlan Ramsey Randall Rangel "
    "Rasmussen Reilly Reyes Rhodes Riggs Rios Rivas Roach Robbins Rocha Rojas Romero Rosen Rowe Rubio "
    "Ruiz Rush Salas Salinas Sawyer Schmitt Schroeder Sellers Serrano Shaffer Shah Sharma Shaw "
    "Shields Silva Singh Skinner Solis Soto Sparks Stanton Steele Stein Strand Strickland Suarez "
    "Sutton Swanson Takeda Terrell Thorne Tran Trujillo Tucker Underwood Valdez Valencia Vance Vargas "
    "Vaughn Velez Vera Villa Vo Wade Wagner Wall Walsh Walters Wang Ware Watts Weaver Webb Weiss "
    "Whitaker Wiggins Wilde Winter Wolfe Wong Woodard Wu Yates Yoon York Zamora Ziegler Zimmer"
).split()

STREETS = (
    "Alder Ash Aspen Bayview Birch Bluff Bridge Burnham Canal Cascade Cedar Cherry Chestnut "
    "Clearwater Columbia Cypress Dogwood Dover Elm Fern Fir Garden Glen Hawthorne Hazel Heron Hickory "
    "Hillside Hollow Ivy Juniper Lake Lantern Larch Laurel Lincoln Linden Madrona Magnolia Maple "
    "Marine Meadow Mill Mulberry Oak Orchard Osprey Park Pearl Pine Pioneer Poplar Quarry Quince "
    "Ridge River Rose Salmon Sequoia Spring Spruce Summit Sycamore Tanager Terrace Thistle Timber "
    "Umber Valley View Vine Walnut Willow Wren"
).split()
WAYS = ("Street", "Avenue", "Court", "Lane", "Road", "Drive", "Place", "Way")

TOWNS = (
    ("Portland", "97201"),
    ("Portland", "97202"),
    ("Portland", "97206"),
    ("Portland", "97209"),
    ("Portland", "97211"),
    ("Portland", "97214"),
    ("Portland", "97217"),
    ("Portland", "97219"),
    ("Portland", "97230"),
    ("Beaverton", "97005"),
    ("Beaverton", "97007"),
    ("Gresham", "97030"),
    ("Hillsboro", "97124"),
    ("Lake Oswego", "97034"),
    ("Milwaukie", "97222"),
    ("Oregon City", "97045"),
    ("Tigard", "97223"),
    ("Tualatin", "97062"),
    ("West Linn", "97068"),
)

# Of the West, most of them Portland's own: more numbers to give than one area code has.
AREAS = (
    "503",
    "503",
    "503",
    "971",
    "971",
    "541",
    "458",
    "360",
    "564",
    "206",
    "253",
    "425",
    "509",
    "208",
    "986",
)

EMPLOYERS = (
    "Bridge City Books",
    "Cascade Timber",
    "Clearwater Cannery",
    "Columbia Freight",
    "Heron Bakery",
    "Lantern Software",
    "North Pier Boats",
    "Orchard Grocers",
    "Osprey Outdoor",
    "Pioneer Schools",
    "River Transit",
    "Summit Roofing",
    "Willamette Tile",
)
PHARMACIES = ("Alder Street Drug", "Harbor Pharmacy", "Pearl Apothecary", "Mill Plain Drug", "Rose City Rx")


def phone(chance: Random) -> str:
    """Ten digits that ring nowhere."""
    return f"{chance.choice(AREAS)}55501{chance.randrange(100):02d}"


def street(chance: Random) -> str:
    """ "2218 Alder Court"."""
    return f"{chance.randrange(100, 9900)} {chance.choice(STREETS)} {chance.choice(WAYS)}"
